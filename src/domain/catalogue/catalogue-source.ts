import type { CatalogueClass, CatalogueItem } from './catalogue.ts';

/** What a person writes for an item; codes, names, kinds and tiers follow the published list of 118. */
export type ItemSource = Pick<
  CatalogueItem,
  'code' | 'name' | 'nameEn' | 'kind' | 'tier' | 'sensitive' | 'sayings' | 'cardText'
>;

/** What a person writes for a class; its lead unit holds for all its items. */
export interface ClassSource extends Pick<CatalogueClass, 'code' | 'name' | 'nameEn' | 'leadUnit'> {
  items: ItemSource[];
}
