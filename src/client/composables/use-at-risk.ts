import { computed, type ComputedRef } from 'vue';
import type { Waiting } from '../../sync/engine-api.ts';
import { isUnsent } from '../../sync/rescue.ts';
import { useKeptStorage } from './keep-storage.ts';
import { useWaitingMedia } from './use-media.ts';
import { useSyncStatus, useWaiting } from './use-sync-status.ts';

/** What was refused or sent back lies here alone, as what waits does; what is held lies with the server. */
const isOnlyHere = (one: Waiting): boolean =>
  isUnsent(one) && (one.receipt?.status !== 'quarantined' || one.decision?.as === 'returned');

/**
 * How many records, photos and voice notes lie on this phone alone, in a browser that may clear them; 0 where it keeps
 * them. Safari clears a site that was not visited for a week.
 */
export function useAtRisk(): ComputedRef<number> {
  const { mayEvict } = useKeptStorage();
  const status = useSyncStatus();
  const waiting = useWaiting();
  const media = useWaitingMedia();
  return computed(() => {
    if (!mayEvict.value) return 0;
    const refused = [...media.value.values()].filter(({ row }) => row.refused !== null && row.asideAt === null);
    return waiting.value.filter(isOnlyHere).length + (status.value.media?.waiting ?? 0) + refused.length;
  });
}
