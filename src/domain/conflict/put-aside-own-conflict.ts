import { requireOwnSpace } from '../member/member-policy.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { conflictPutAsideArgs } from './conflict-args.ts';

/** The same as `conflict.putAside`, for an author who does not hold the space of the conflict any more. */
export const putAsideOwnConflict = defineMutator({
  name: 'ownConflict.putAside',
  version: 1,
  spaceKind: 'member',
  args: conflictPutAsideArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireOwnSpace(ctx);
  },
  apply(tx, { id }, { space, at }) {
    const own = tx.get(space, 'ownConflict', id);
    // Somebody may have decided it meanwhile: there is nothing to be reminded of then.
    if (own?.asideAt === null) tx.put('ownConflict', id, { ...own, asideAt: at });
  },
});
