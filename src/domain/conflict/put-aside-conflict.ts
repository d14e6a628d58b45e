import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { conflictPutAsideArgs } from './conflict-args.ts';

/** Its author does not want to be reminded of it. It stays open, for them and for whoever has the say there. */
export const putAsideConflict = defineMutator({
  name: 'conflict.putAside',
  version: 1,
  spaceKind: 'grid',
  alsoIn: ['community', 'office'],
  args: conflictPutAsideArgs,
  creates: false,
  homing: { records: ({ id }) => [{ kind: 'conflict', id }] },
  authorize(tx, { id }, { actor, space }) {
    const conflict = tx.get(space, 'conflict', id);
    refuseUnless(conflict, 'notFound');
    refuseUnless(actor.kind === 'member' && actor.id === conflict.authorId, 'forbidden');
  },
  apply(tx, { id }, { space, at }) {
    const conflict = tx.get(space, 'conflict', id);
    refuseUnless(conflict, 'notFound');
    if (conflict.resolvedAt !== null || conflict.asideAt !== undefined) return;
    tx.put('conflict', id, { ...conflict, asideAt: at });
  },
});
