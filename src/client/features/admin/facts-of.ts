import { countLayout } from './layout-plan.ts';
import type { CommunityFacts } from './set-up-steps.ts';
import type { CommunityHere, EstateHere } from './use-office.ts';

export const factsOf = ({ id, grids, estates }: CommunityHere): CommunityFacts => ({
  id,
  gridIds: grids.map((grid) => grid.id),
  estates: estates.map((estate) => ({ id: estate.id, buildings: estate.buildings.length })),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export const doorsOf = ({ buildings }: EstateHere): number =>
  sum(buildings.map(({ data }) => countLayout(data.entrances).doors));

/** 2 个网格 · 3 个小区 · 21 幢 · 420 户 */
export const countsOf = (community: CommunityHere) => ({
  grids: community.grids.length,
  estates: community.estates.length,
  buildings: sum(community.estates.map(({ buildings }) => buildings.length)),
  doors: sum(community.estates.map(doorsOf)),
});
