import type { Catalogue, CatalogueClass, CatalogueItem } from './catalogue.ts';

/** The item with this code, disabled ones too: a ticket may carry it. */
export function findItem(catalogue: Catalogue, code: string): CatalogueItem | undefined {
  return findClassOf(catalogue, code)?.items.find((item) => item.code === code);
}

/** The class that an item's code belongs to. */
export function findClassOf(catalogue: Catalogue, code: string): CatalogueClass | undefined {
  return catalogue.classes.find((candidate) => code.startsWith(candidate.code));
}
