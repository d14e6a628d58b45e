import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { createOnce } from '../mutation/create-once.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { officeCreateArgs, officeEditArgs } from './office-args.ts';
import { requireOfficeRights } from './office-policy.ts';

/** One deployment, one office. */
export const OFFICE_ID = 'office';

export const createOffice = defineMutator({
  name: 'office.create',
  version: 1,
  spaceKind: 'office',
  args: officeCreateArgs,
  creates: true,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, { name, phone }, { space }) {
    const office = { name, phone, catalogueVersion: 0 };
    createOnce(
      tx,
      space,
      'office',
      OFFICE_ID,
      office,
      (existing) => existing.name === name && existing.phone === phone,
    );
  },
});

export const editOffice = defineMutator({
  name: 'office.edit',
  version: 1,
  spaceKind: 'office',
  args: officeEditArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, edits, ctx) {
    const office = tx.get(ctx.space, 'office', OFFICE_ID);
    refuseUnless(office, 'notFound');
    const { merged, clashes } = mergeEdits(office, edits);
    tx.put('office', OFFICE_ID, merged);
    keepConflicts(tx, ctx, { kind: 'office', id: OFFICE_ID }, clashes);
  },
});
