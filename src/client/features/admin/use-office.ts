import { computed, type ComputedRef } from 'vue';
import type { Building } from '../../../domain/building/building.ts';
import { OFFICE_ID } from '../../../domain/office/office-mutators.ts';
import { communitySpace, OFFICE } from '../../../domain/space/space.ts';
import { useList, useRecord } from '../../composables/use-view.ts';

/** One building as the admin's pages know it. */
export interface BuildingHere {
  id: string;
  pending: boolean;
  data: Building;
}

export interface EstateHere {
  id: string;
  name: string;
  gridId: string;
  pending: boolean;
  buildings: BuildingHere[];
}

export interface GridHere {
  id: string;
  name: string;
  isDefault: boolean;
  estates: EstateHere[];
}

export interface CommunityHere {
  id: string;
  name: string;
  phone: string;
  pending: boolean;
  /** The grid that it begins with comes first. Empty until the server has made that. */
  grids: GridHere[];
  estates: EstateHere[];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

export const useOfficeRecord = () =>
  useRecord(
    () => OFFICE,
    'office',
    () => OFFICE_ID,
  );

/** Every community of the office with what stands in it, in the order of names. */
export function useCommunities(): ComputedRef<CommunityHere[]> {
  const communities = useList(() => ({ space: OFFICE, kind: 'community', index: 'all' }));
  const spaces = computed(() => communities.value.map(({ id }) => communitySpace(id)));
  const grids = useList(() => ({ space: spaces.value, kind: 'grid', index: 'all' }));
  const estates = useList(() => ({ space: spaces.value, kind: 'estate', index: 'all' }));
  const buildings = useList(() => ({ space: spaces.value, kind: 'building', index: 'all' }));

  return computed(() => {
    const inEstate = grouped(buildings.value, ({ data }) => data.estateId);
    const estatesHere = grouped(estates.value, ({ space }) => space);
    const gridsHere = grouped(grids.value, ({ space }) => space);
    return communities.value.map(({ id, data, pending }): CommunityHere => {
      const ownEstates = (estatesHere.get(communitySpace(id)) ?? []).map((estate): EstateHere => ({
        id: estate.id,
        name: estate.data.name,
        gridId: estate.data.gridId,
        pending: estate.pending,
        buildings: (inEstate.get(estate.id) ?? []).map((building) => ({
          id: building.id,
          pending: building.pending,
          data: building.data,
        })),
      }));
      const ownGrids = [...(gridsHere.get(communitySpace(id)) ?? [])]
        .sort((a, b) => Number(b.data.isDefault) - Number(a.data.isDefault))
        .map((grid): GridHere => ({
          id: grid.id,
          name: grid.data.name,
          isDefault: grid.data.isDefault,
          estates: ownEstates.filter(({ gridId }) => gridId === grid.id),
        }));
      return { id, name: data.name, phone: data.phone, pending, grids: ownGrids, estates: ownEstates };
    });
  });
}

export function useCommunity(id: () => string): ComputedRef<CommunityHere | undefined> {
  const communities = useCommunities();
  return computed(() => communities.value.find((community) => community.id === id()));
}
