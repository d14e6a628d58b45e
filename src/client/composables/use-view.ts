import { computed, onScopeDispose, readonly, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { Kind } from '../../domain/record/record.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { CountQuery, ViewQuery, ViewRecord } from '../../sync/engine-api.ts';
import { useSession } from '../stores/session.ts';

/** A number that moves on with each change of the view. */
export function useViewVersion(): Readonly<Ref<number>> {
  const { engine } = useSession();
  if (!engine) throw new Error('no member is signed in');
  const version = shallowRef(0);
  onScopeDispose(engine.view.onChange(() => version.value++));
  return readonly(version);
}

function useFromView<T>(read: () => T): ComputedRef<T> {
  const version = useViewVersion();
  return computed(() => {
    void version.value;
    return read();
  });
}

export function useRecord<K extends Kind>(
  space: () => SpaceId,
  kind: K,
  id: () => string,
): ComputedRef<ViewRecord<K> | undefined> {
  const { engine } = useSession();
  return useFromView(() => engine?.view.get(space(), kind, id()));
}

export function useList<K extends Kind>(query: () => ViewQuery<K>): ComputedRef<ViewRecord<K>[]> {
  const { engine } = useSession();
  return useFromView(() => engine?.view.list(query()) ?? []);
}

export function useCount<K extends Kind>(query: () => CountQuery<K>): ComputedRef<number> {
  const { engine } = useSession();
  return useFromView(() => engine?.view.count(query()) ?? 0);
}
