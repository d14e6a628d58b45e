import { requireGridWorker } from '../grid/grid-policy.ts';
import { createOnce } from '../mutation/create-once.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { sameData } from '../mutation/same-data.ts';
import { contactPutArgs } from './contact-args.ts';

/** Writes whom to reach, once: what stands already is corrected by `contact.amend`, never written over. */
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
  apply(tx, { id, ...contact }, ctx) {
    createOnce(tx, ctx.space, 'contact', id, contact, (existing) => sameData(existing, contact));
  },
});
