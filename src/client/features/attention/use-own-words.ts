import { computed, type ComputedRef } from 'vue';
import { useWaiting } from '../../composables/use-sync-status.ts';
import { ownWords, type OwnWords } from './own-words.ts';

/** The same of what lies in this phone's outbox. */
export function useOwnWords(conflict: () => Parameters<typeof ownWords>[1]): ComputedRef<OwnWords> {
  const waiting = useWaiting();
  // Newest first in the list; of two the last one counts.
  return computed(() => ownWords(waiting.value.map(({ row }) => row).reverse(), conflict()));
}
