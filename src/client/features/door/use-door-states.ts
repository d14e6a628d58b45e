import { computed, type ComputedRef } from 'vue';
import { gridSpace } from '../../../domain/space/space.ts';
import { useToday } from '../../composables/use-now.ts';
import { useList } from '../../composables/use-view.ts';
import { doorStates, type DoorState } from './door-state.ts';
import type { BuildingHere } from './place-of.ts';

/** How every door of a building stands, kept up to date with what is saved here and what comes from others. */
export function useDoorStates(building: () => BuildingHere | undefined): ComputedRef<ReadonlyMap<string, DoorState>> {
  const today = useToday();
  const query = () => ({
    space: building() ? gridSpace(building()?.data.gridId ?? '') : [],
    index: 'byBuilding' as const,
    key: building()?.id ?? '',
  });
  const visits = useList(() => ({ ...query(), kind: 'visit' as const }));
  const tickets = useList(() => ({ ...query(), kind: 'ticket' as const }));
  return computed(() =>
    doorStates(
      visits.value.map(({ data }) => data),
      tickets.value.map(({ data }) => data),
      today.value,
    ),
  );
}
