import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue';
import type { SyncEngine, SyncStatus, ViewRecord, Waiting } from '../../sync/engine-api.ts';
import { goneFromPhone } from '../stores/gone-from-phone.ts';
import { useUnsentTexts } from '../stores/unsent-texts.ts';
import { useEngine } from './use-engine.ts';
import { useViewVersion } from './use-view.ts';

/** Conflicts of one's own that somebody else has decided over words that lie here unsent; the engine knows no drafts. */
function decidedOverWords(engine: SyncEngine, unsent: ReadonlySet<string>): number {
  const { id: me } = engine.actor();
  const isMine = ({ data }: ViewRecord<'conflict'>): boolean =>
    data.authorId === me && data.resolvedAt !== null && data.asideAt === undefined;
  const find = (id: string) =>
    engine
      .allowed()
      .map((space) => engine.view.get(space, 'conflict', id))
      .find((conflict) => conflict !== undefined);
  return [...unsent].map(find).filter((conflict) => conflict !== undefined && isMine(conflict)).length;
}

export function useSyncStatus(): ComputedRef<SyncStatus> {
  const engine = useEngine();
  const status = shallowRef(engine.status());
  onScopeDispose(engine.onStatus((next) => (status.value = next)));
  const texts = useUnsentTexts();
  return computed(() => {
    const decided = texts.unsent.size === 0 ? 0 : decidedOverWords(engine, texts.unsent);
    const more = decided + (goneFromPhone.value > 0 ? 1 : 0);
    return more === 0 ? status.value : { ...status.value, attention: status.value.attention + more };
  });
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
