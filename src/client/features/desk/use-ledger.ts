import { computed, onScopeDispose, shallowRef } from 'vue';
import type { ViewQuery, ViewRecord } from '../../../sync/engine-api.ts';
import { useItemName } from '../../composables/use-catalogue.ts';
import { useEngine } from '../../composables/use-engine.ts';
import { matchesLedger } from './ledger-filter.ts';
import { collectLedger } from './ledger-page.ts';
import type { LedgerPage } from './ledger-page.ts';
import { useLedgerStore } from './ledger-store.ts';
import { useDesk } from './use-desk.ts';

/** The state filter is answered by an index, so that the walk is short where it can be. */
function indexFor(state: string): Pick<ViewQuery<'ticket'>, 'index' | 'key'> {
  if (state === '') return { index: 'all' };
  if (state === 'open' || state === 'ended') return { index: 'byOpen', key: state };
  return { index: 'byState', key: state };
}

/** The ledger's rows as far as they are shown, read page by page through the view. */
export function useLedger() {
  const engine = useEngine();
  const itemName = useItemName();
  const store = useLedgerStore();
  const { actor, gridSpaces } = useDesk();

  const tick = shallowRef(0);
  const stop = engine.view.onChange((spaces) => {
    if (gridSpaces.value.some((space) => spaces.has(space))) tick.value++;
  });
  onScopeDispose(stop);

  const page = computed<LedgerPage>(() => {
    void tick.value;
    const { filter } = store;
    const query = { space: gridSpaces.value, kind: 'ticket' as const, ...indexFor(filter.state), order: filter.order };
    const matches = ({ data }: ViewRecord<'ticket'>) =>
      matchesLedger(data, filter, actor.value.id, itemName(data.item, data.itemVersion));
    return collectLedger((after, limit) => engine.view.list({ ...query, after, limit }), matches, store.wanted);
  });
  return { page, itemName };
}
