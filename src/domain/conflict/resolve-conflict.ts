import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { conflictResolveArgs } from './conflict-args.ts';
import { mayResolve } from './conflict-policy.ts';
import { putField } from './put-field.ts';

/** Chooses between the value that stands and the one that was kept. */
export const resolveConflict = defineMutator({
  name: 'conflict.resolve',
  version: 1,
  spaceKind: 'grid',
  alsoIn: ['community', 'office'],
  args: conflictResolveArgs,
  creates: false,
  homing: { records: ({ id }) => [{ kind: 'conflict', id }] },
  authorize(tx, { id }, { actor, space }) {
    const conflict = tx.get(space, 'conflict', id);
    refuseUnless(conflict, 'notFound');
    refuseUnless(mayResolve(actor, space, conflict), 'forbidden');
  },
  apply(tx, { id, choose }, ctx) {
    const conflict = tx.get(ctx.space, 'conflict', id);
    refuseUnless(conflict, 'notFound');
    if (conflict.resolution === choose) return;
    refuseUnless(conflict.resolution === null, 'state', { state: 'resolved' });
    if (choose === 'mine') putField(tx, ctx, conflict);
    tx.put('conflict', id, { ...conflict, resolution: choose, resolvedAt: ctx.at });
  },
});
