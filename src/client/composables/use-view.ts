import { computed, onScopeDispose, readonly, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { Kind } from '../../domain/record/record.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { CountQuery, View, ViewQuery, ViewRecord } from '../../sync/engine-api.ts';
import { useSession } from '../stores/session.ts';

/** A number that moves on with each change of the view. */
export function useViewVersion(): Readonly<Ref<number>> {
  const { engine } = useSession();
  if (!engine) throw new Error('no member is signed in');
  const version = shallowRef(0);
  onScopeDispose(engine.view.onChange(() => version.value++));
  return readonly(version);
}

/** What was read before stays until what is read now is whole, where it is of the same thing: a list never shrinks meanwhile. */
export function useFromView<T>(
  none: T,
  ask: (view: View) => T,
  isOfIt: (before: T) => boolean = () => true,
): ComputedRef<T> {
  const { engine } = useSession();
  const version = useViewVersion();
  return computed<T>((before) => {
    void version.value;
    if (!engine) return none;
    const { value, isWhole } = engine.view.read(() => ask(engine.view));
    return isWhole || before === undefined || !isOfIt(before) ? value : before;
  });
}

export function useRecord<K extends Kind>(
  space: () => SpaceId,
  kind: K,
  id: () => string,
): ComputedRef<ViewRecord<K> | undefined> {
  return useFromView<ViewRecord<K> | undefined>(
    undefined,
    (view) => view.get(space(), kind, id()),
    (before) => before?.id === id() && before.space === space(),
  );
}

/** Which list it is, however much of it is shown. */
const nameOf = <K extends Kind>({ space, kind, index, key }: ViewQuery<K>): string =>
  JSON.stringify([space, kind, index, key]);

/** What was shown of another list goes at once: it may be another door's. */
export function useList<K extends Kind>(query: () => ViewQuery<K>): ComputedRef<ViewRecord<K>[]> {
  const listed = useFromView<{ of: string; records: ViewRecord<K>[] }>(
    { of: '', records: [] },
    (view) => {
      const asked = query();
      return { of: nameOf(asked), records: view.list(asked) };
    },
    (before) => before.of === nameOf(query()),
  );
  return computed(() => listed.value.records);
}

export function useCount<K extends Kind>(query: () => CountQuery<K>): ComputedRef<number> {
  return useFromView(0, (view) => view.count(query()));
}

/** It is here, though what it says may have to be read first: nobody is told meanwhile that there is no such thing. */
export function useIsHere(space: () => SpaceId, kind: Kind, id: () => string): ComputedRef<boolean> {
  return useFromView(false, (view) => view.has(space(), kind, id()));
}
