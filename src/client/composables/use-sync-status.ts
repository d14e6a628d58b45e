import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue';
import type { SyncStatus, Waiting } from '../../sync/engine-api.ts';
import { useEngine } from './use-engine.ts';
import { useViewVersion } from './use-view.ts';

export function useSyncStatus(): ComputedRef<SyncStatus> {
  const engine = useEngine();
  const status = shallowRef(engine.status());
  onScopeDispose(engine.onStatus((next) => (status.value = next)));
  return computed(() => status.value);
}

/** Everything that was saved on this phone, newest first, each with where it stands. */
export function useWaiting(): ComputedRef<readonly Waiting[]> {
  const engine = useEngine();
  const status = useSyncStatus();
  const version = useViewVersion();
  return computed(() => {
    void status.value;
    void version.value;
    return engine.waiting();
  });
}
