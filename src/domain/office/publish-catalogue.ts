import type { Catalogue } from '../catalogue/catalogue.ts';
import { createOnce } from '../mutation/create-once.ts';
import { defineMutator, type WriteTx } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { sameData } from '../mutation/same-data.ts';
import { OFFICE } from '../space/space.ts';
import { cataloguePublishArgs } from './catalogue-args.ts';
import { OFFICE_ID } from './office-mutators.ts';
import { requireOfficeRights } from './office-policy.ts';

/** A version is published once and never changed; phones log under any of them. */
export const publishCatalogue = defineMutator({
  name: 'catalogue.publish',
  version: 1,
  spaceKind: 'office',
  args: cataloguePublishArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, { catalogue }, { space }) {
    refuseUnless(hasUniqueCodes(catalogue) && keepsItems(tx, catalogue), 'invalid');
    createOnce(tx, space, 'catalogue', `v${catalogue.version}`, catalogue, (existing) => sameData(existing, catalogue));
    const office = tx.get(space, 'office', OFFICE_ID);
    if (office === undefined || office.catalogueVersion >= catalogue.version) return;
    tx.put('office', OFFICE_ID, { ...office, catalogueVersion: catalogue.version });
  },
});

const codesOf = (catalogue: Catalogue): string[] =>
  catalogue.classes.flatMap(({ code, items }) => [code, ...items.map((item) => item.code)]);

const hasUniqueCodes = (catalogue: Catalogue): boolean =>
  new Set(codesOf(catalogue)).size === codesOf(catalogue).length &&
  catalogue.classes.every(({ code, items }) => items.every((item) => item.code.startsWith(code)));

/** Items are disabled, never deleted. */
function keepsItems(tx: WriteTx, catalogue: Catalogue): boolean {
  const before = tx.get(OFFICE, 'catalogue', `v${catalogue.version - 1}`);
  const codes = new Set(codesOf(catalogue));
  return before === undefined || codesOf(before).every((code) => codes.has(code));
}
