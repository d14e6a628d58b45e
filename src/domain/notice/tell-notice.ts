import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { noticeTellArgs } from './notice-args.ts';

/** What the desk decided about a held record reaches its author, once. Only the server tells: no phone is a timer. */
export const tellNotice = defineMutator({
  name: 'notice.tell',
  version: 1,
  spaceKind: 'member',
  args: noticeTellArgs,
  creates: true,
  authorize(_tx, _args, { actor }) {
    refuseUnless(actor.kind === 'timer', 'forbidden');
  },
  apply(tx, { id, ...words }, { space, at }) {
    if (tx.get(space, 'notice', id) === undefined) tx.put('notice', id, { ...words, at, readAt: null });
  },
});
