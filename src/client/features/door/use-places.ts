import { computed, type ComputedRef } from 'vue';
import { communitySpace, gridSpace, ownerOf } from '../../../domain/space/space.ts';
import { useActor } from '../../composables/use-engine.ts';
import { useList } from '../../composables/use-view.ts';
import type { BuildingHere } from './place-of.ts';
import { recentBuildings } from './recent-buildings.ts';

export interface GridHere {
  id: string;
  communityId: string;
  name: string;
}

export interface EstateHere {
  id: string;
  name: string;
  buildings: BuildingHere[];
}

/** How far back the recent buildings are looked for. */
const RECENT_VISITS = 200;

const byName = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** Grids, estates and buildings that this member visits as a volunteer, and no others. */
export function usePlaces() {
  const actor = useActor();
  const mine = computed(() => actor.value.roles.volunteer);
  const communities = computed(() => {
    const ids = mine.value.map((gridId) => actor.value.gridCommunity[gridId]).filter((id) => id !== undefined);
    return [...new Set(ids)].map(communitySpace);
  });
  const gridRecords = useList(() => ({ space: communities.value, kind: 'grid', index: 'all' }));
  const estateRecords = useList(() => ({ space: communities.value, kind: 'estate', index: 'all' }));
  const buildingRecords = useList(() => ({ space: communities.value, kind: 'building', index: 'all' }));
  const ownVisits = useList(() => ({
    space: mine.value.map(gridSpace),
    kind: 'visit',
    index: 'byMember',
    key: actor.value.id,
    order: 'desc',
    limit: RECENT_VISITS,
  }));

  const grids = computed<GridHere[]>(() =>
    gridRecords.value
      .filter(({ id }) => mine.value.includes(id))
      .map(({ id, space, data }) => ({ id, communityId: ownerOf(space), name: data.name })),
  );
  const buildings = computed<BuildingHere[]>(() => {
    const estates = new Map(estateRecords.value.map(({ id, data }) => [id, data.name]));
    return buildingRecords.value
      .filter(({ data }) => mine.value.includes(data.gridId))
      .map(({ id, space, data }) => ({
        id,
        communityId: ownerOf(space),
        estateName: estates.get(data.estateId) ?? '',
        data,
      }));
  });
  const estates = computed<EstateHere[]>(() => {
    const groups = new Map<string, EstateHere>();
    for (const building of buildings.value) {
      const { estateId } = building.data;
      const group = groups.get(estateId) ?? { id: estateId, name: building.estateName, buildings: [] };
      group.buildings.push(building);
      groups.set(estateId, group);
    }
    return [...groups.values()]
      .map((group) => ({
        ...group,
        buildings: [...group.buildings].sort((a, b) => byName.compare(a.data.name, b.data.name)),
      }))
      .sort((a, b) => byName.compare(a.name, b.name));
  });
  /** Where this member rang last, latest first. */
  const recent = computed(() =>
    recentBuildings(
      ownVisits.value.map(({ data }) => data),
      buildings.value,
    ),
  );
  return { grids, buildings, estates, recent };
}

/** One building of this member's grids. */
export function useBuilding(id: () => string): ComputedRef<BuildingHere | undefined> {
  const { buildings } = usePlaces();
  return computed(() => buildings.value.find((building) => building.id === id()));
}
