import { computed, type ComputedRef } from 'vue';
import type { Waiting, WaitingMedia } from '../../sync/engine-api.ts';
import { isUnsent } from '../../sync/rescue.ts';
import { useKeptStorage } from './keep-storage.ts';
import { useWaitingMedia } from './use-media.ts';
import { useWaiting } from './use-sync-status.ts';

/** What was refused or sent back lies here alone, as what waits does; what is held lies with the server. */
const isOnlyHere = (one: Waiting): boolean =>
  isUnsent(one) && (one.receipt?.status !== 'quarantined' || one.decision?.as === 'returned');

/**
 * How many records lie on this phone alone in a browser that may clear them, and photos and voice notes of none of these; 0
 * where it keeps them. Safari clears a site that was not visited for a week.
 */
export function useAtRisk(): ComputedRef<number> {
  const { mayEvict } = useKeptStorage();
  const waiting = useWaiting();
  const media = useWaitingMedia();
  return computed(() => {
    if (!mayEvict.value) return 0;
    const records = waiting.value.filter(isOnlyHere);
    const mids = new Set(records.map(({ row }) => row.mid));
    const isAlone = ({ row }: WaitingMedia): boolean =>
      !row.isThumb && row.asideAt === null && !row.mids.some((mid) => mids.has(mid));
    return records.length + [...media.value.values()].filter(isAlone).length;
  });
}
