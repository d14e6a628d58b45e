import { requireGridWorker } from '../grid/grid-policy.ts';
import { ensureHousehold } from '../household/ensure-household.ts';
import { createOnce } from '../mutation/create-once.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { checkPlace } from '../place/check-place.ts';
import { visitRecordArgs } from './visit-args.ts';

/** 走访: who went to which door, and what came of it. */
export const recordVisit = defineMutator({
  name: 'visit.record',
  version: 1,
  spaceKind: 'grid',
  args: visitRecordArgs,
  creates: true,
  homing: {
    place: ({ place }) => place,
    makes: ({ id }) => ({ kind: 'visit', id }),
    inGrid: (args, gridId) => ({ ...args, place: { ...args.place, gridId } }),
  },
  authorize(_tx, _args, ctx) {
    requireGridWorker(ctx);
  },
  apply(tx, { id, place, outcome }, ctx) {
    checkPlace(tx, ctx, place);
    const householdId = ensureHousehold(tx, ctx, place);
    const { actor, at, deviceAt } = ctx;
    const visit = { place, householdId, outcome, byId: actor.id, byName: actor.name, at, deviceAt };
    createOnce(tx, ctx.space, 'visit', id, visit, (existing) => {
      return existing.byId === actor.id && existing.outcome === outcome && existing.place.roomId === place.roomId;
    });
  },
});
