import { requireGridWorker } from '../grid/grid-policy.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { contactPutArgs } from './contact-args.ts';

/** Writes whom to reach, or writes it anew: nobody holds contacts, so there is nothing to merge with. */
export const putContact = defineMutator({
  name: 'contact.put',
  version: 1,
  spaceKind: 'contact',
  args: contactPutArgs,
  creates: true,
  homing: { records: ({ id }) => [{ kind: 'contact', id }] },
  authorize(_tx, _args, ctx) {
    requireGridWorker(ctx);
  },
  apply(tx, { id, ...contact }) {
    tx.put('contact', id, contact);
  },
});
