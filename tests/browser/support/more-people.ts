import { NO_ROLES } from '../../../src/domain/actor/actor.ts';
import { derivedId } from '../../../src/domain/place/place.ts';
import { demoCommunity, gridsOf } from '../../support/demo/neighbourhood.ts';
import type { DemoMember } from '../../support/demo/people.ts';

const volunteer = (name: string, signInName: string, community: string): DemoMember => ({
  id: derivedId('demo-member', signInName),
  name,
  signInName,
  does: '',
  roles: { ...NO_ROLES, volunteer: gridsOf(demoCommunity(community)).map((grid) => grid.id) },
});

/** Walks the same grids as 陈晓: two people who may change the same words. */
export const FELLOW = volunteer('韩冬', 'handong', '清泰门社区');
/** Loses the grid in the course of a test. */
export const LEAVING = volunteer('罗晴', 'luoqing', '新工社区');
