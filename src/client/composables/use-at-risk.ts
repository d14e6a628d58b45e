import { computed, type ComputedRef } from 'vue';
import { countOnlyHere } from '../../sync/only-here.ts';
import { useKeptStorage } from './keep-storage.ts';
import { useWaitingMedia } from './use-media.ts';
import { useWaiting } from './use-sync-status.ts';

/**
 * How much lies on this phone alone in a browser that may clear it; 0 where it keeps it. Safari clears a site that was
 * not visited for a week.
 */
export function useAtRisk(): ComputedRef<number> {
  const { mayEvict } = useKeptStorage();
  const waiting = useWaiting();
  const media = useWaitingMedia();
  return computed(() => {
    if (!mayEvict.value) return 0;
    const rows = [...media.value.values()].map(({ row }) => row);
    return countOnlyHere(waiting.value, rows);
  });
}
