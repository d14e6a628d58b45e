import { computed, type ComputedRef } from 'vue';
import type { Catalogue, CatalogueItem } from '../../domain/catalogue/catalogue.ts';
import { OFFICE } from '../../domain/space/space.ts';
import { useList, useRecord } from './use-view.ts';

/** The catalogue that is in force. */
export function useCatalogue(): ComputedRef<Catalogue | undefined> {
  const office = useRecord(
    () => OFFICE,
    'office',
    () => 'office',
  );
  const published = useList(() => ({ space: OFFICE, kind: 'catalogue', index: 'all' }));
  return computed(() => {
    const versions = published.value.map((record) => record.data);
    const current = office.value?.data.catalogueVersion;
    return versions.find(({ version }) => version === current) ?? versions.sort((a, b) => b.version - a.version)[0];
  });
}

/** Name of an item as its own version has it; the code where no version knows it. */
export function useItemName(): (code: string, version?: number) => string {
  const current = useCatalogue();
  const published = useList(() => ({ space: OFFICE, kind: 'catalogue', index: 'all' }));
  const names = computed(() => {
    const byVersion = new Map<number, Map<string, string>>();
    const items = (catalogue: Catalogue): CatalogueItem[] => catalogue.classes.flatMap((group) => group.items);
    for (const { data } of published.value) {
      byVersion.set(data.version, new Map(items(data).map((item) => [item.code, item.name])));
    }
    return byVersion;
  });
  return (code, version) =>
    names.value.get(version ?? -1)?.get(code) ?? names.value.get(current.value?.version ?? -1)?.get(code) ?? code;
}
