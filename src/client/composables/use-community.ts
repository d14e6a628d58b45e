import type { ComputedRef } from 'vue';
import { OFFICE } from '../../domain/space/space.ts';
import type { ViewRecord } from '../../sync/engine-api.ts';
import { useRecord } from './use-view.ts';

/** What the office says of a community: its name, and whom to ring. */
export const useCommunity = (id: () => string): ComputedRef<ViewRecord<'community'> | undefined> =>
  useRecord(() => OFFICE, 'community', id);
