import type { ComputedRef } from 'vue';
import { memberSpace } from '../../../domain/space/space.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { useActor, useEngine } from '../../composables/use-engine.ts';
import { useFromView } from '../../composables/use-view.ts';

/** What is this member's own of conflicts whose space is not here: lost, left out, or on its way. Newest first. */
export function useConflictsOutOfSight(): ComputedRef<ViewRecord<'ownConflict'>[]> {
  const engine = useEngine();
  const actor = useActor();
  return useFromView<ViewRecord<'ownConflict'>[]>([], (view) =>
    view
      .list({ space: memberSpace(actor.value.id), kind: 'ownConflict', index: 'all', order: 'desc' })
      .filter(({ id }) => !engine.allowed().some((space) => view.has(space, 'conflict', id))),
  );
}
