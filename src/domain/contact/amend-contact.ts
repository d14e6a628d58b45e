import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { requireGridWorker } from '../grid/grid-policy.ts';
import { mergeEdits, type Edits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { contactAmendArgs } from './contact-args.ts';
import { contactEdits } from './contact-edits.ts';
import { opensSlip, type Contact } from './contact.ts';

/**
 * Corrects whom to reach. Different fields merge; of the same field the standing value stays, and the other is kept
 * beside it, here in full and masked in the grid.
 */
export const amendContact = defineMutator({
  name: 'contact.amend',
  version: 1,
  spaceKind: 'contact',
  args: contactAmendArgs,
  creates: false,
  homing: { records: ({ id }) => [{ kind: 'contact', id }] },
  authorize(_tx, _args, ctx) {
    requireGridWorker(ctx);
  },
  apply(tx, { id, ...edits }, ctx) {
    const standing = tx.get(ctx.space, 'contact', id);
    refuseUnless(standing, 'notFound');
    const { merged, clashes } = mergeEdits(standing, edits satisfies Edits<Contact>);
    // Whatever is decided of a clash later, four digits must go on opening the slip.
    const wanted = clashes.reduce((data, { field, mine }) => ({ ...data, [field]: mine }), merged);
    refuseUnless(opensSlip(merged) && opensSlip(wanted), 'invalid');
    if (contactEdits(standing, merged) !== null) tx.put('contact', id, merged);
    keepConflicts(tx, ctx, { kind: 'contact', id }, clashes);
  },
});
