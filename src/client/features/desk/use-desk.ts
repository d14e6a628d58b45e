import { computed } from 'vue';
import { communitySpace, gridSpace, OFFICE } from '../../../domain/space/space.ts';
import { useActor } from '../../composables/use-engine.ts';
import { useList } from '../../composables/use-view.ts';
import type { CommunityChoice } from '../../components/members/roles-form.ts';

/** The communities and grids that the member coordinates, by their names. */
export function useDesk() {
  const actor = useActor();
  const communityIds = computed(() => [...actor.value.roles.coordinator]);
  const gridIds = computed(() =>
    Object.entries(actor.value.gridCommunity)
      .filter(([, communityId]) => communityIds.value.includes(communityId))
      .map(([gridId]) => gridId),
  );
  const gridSpaces = computed(() => gridIds.value.map(gridSpace));
  const communitySpaces = computed(() => communityIds.value.map(communitySpace));

  const communityRecords = useList(() => ({ space: OFFICE, kind: 'community', index: 'all' }));
  const gridRecords = useList(() => ({ space: communitySpaces.value, kind: 'grid', index: 'all' }));
  const communities = computed<CommunityChoice[]>(() =>
    communityRecords.value
      .filter((record) => communityIds.value.includes(record.id))
      .map((record) => ({
        id: record.id,
        name: record.data.name,
        grids: gridRecords.value
          .filter((grid) => grid.space === communitySpace(record.id))
          .map((grid) => ({ id: grid.id, name: grid.data.name })),
      })),
  );
  return { actor, communityIds, communities, gridSpaces, communitySpaces };
}
