import * as v from 'valibot';
import type { Reaction } from '../mutation/reaction.ts';
import { communitySpace } from '../space/space.ts';
import { communityCreateArgs } from './community-args.ts';

/** A new community begins with one grid, so that the first visit needs nothing more. */
export const defaultGrid: Reaction = {
  name: 'defaultGrid',
  onApplied(changes, _tx, _ctx, mutation, args) {
    if (mutation !== 'community.create' || changes.length === 0) return [];
    const { id, defaultGrid: grid } = v.parse(communityCreateArgs, args);
    return [{ space: communitySpace(id), kind: 'grid', id: grid.id, data: { name: grid.name, isDefault: true } }];
  },
};
