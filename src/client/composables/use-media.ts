import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { WaitingMedia } from '../../sync/engine-api.ts';
import { useEngine } from './use-engine.ts';
import { useSyncStatus } from './use-sync-status.ts';

/** The bytes that lie on this phone, by hash. */
export function useWaitingMedia(): ComputedRef<ReadonlyMap<string, WaitingMedia>> {
  const engine = useEngine();
  const status = useSyncStatus();
  return computed(() => {
    void status.value;
    return new Map(engine.media.list().map((one) => [one.row.sha, one]));
  });
}

/**
 * Where a photo or voice note is to be had: from this phone as long as its bytes lie here, else from the server.
 * `lost`: it could not be shown; it is tried again after the next sync.
 */
export function useMediaUrl(
  sha: () => string,
  type: () => string,
): { url: Readonly<Ref<string>>; lost: Readonly<Ref<boolean>>; failed(): void } {
  const engine = useEngine();
  const status = useSyncStatus();
  const url = shallowRef('');
  const lost = ref(false);
  let own = '';
  const drop = (): void => {
    if (own !== '') URL.revokeObjectURL(own);
    own = '';
  };

  async function find(): Promise<void> {
    const asked = sha();
    // Also what was brought lies here for a week; what cannot be read, the server may have.
    const bytes = await engine.media.bytes(asked).catch(() => null);
    if (asked !== sha()) return;
    drop();
    if (bytes) own = URL.createObjectURL(new Blob([bytes], { type: type() }));
    lost.value = false;
    url.value = own === '' ? `/api/photos/${asked}` : own;
  }
  watch(sha, () => void find(), { immediate: true });
  watch(
    () => status.value.lastSyncAt,
    () => {
      if (lost.value) void find();
    },
  );
  onScopeDispose(drop);
  const failed = (): void => {
    lost.value = true;
  };
  return { url, lost, failed };
}
