import { dueAtOf } from '../../../domain/term/clock.ts';
import type { ViewQuery, ViewRecord } from '../../../sync/engine-api.ts';
import { useItemName } from '../../composables/use-catalogue.ts';
import { useClockRules } from '../../composables/use-clock.ts';
import { useNow } from '../../composables/use-now.ts';
import { useFromView } from '../../composables/use-view.ts';
import { collectByDue, matchesDue } from './ledger-due.ts';
import { matchesLedger } from './ledger-filter.ts';
import { collectLedger } from './ledger-page.ts';
import type { LedgerPage, ReadPage } from './ledger-page.ts';
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
  const itemName = useItemName();
  const store = useLedgerStore();
  const { actor, gridSpaces } = useDesk();

  const rules = useClockRules();
  const now = useNow();

  const page = useFromView<LedgerPage>({ rows: [], complete: true }, (view) => {
    const { filter, wanted } = store;
    const byDue = filter.order === 'due';
    const reader =
      (state: string): ReadPage =>
      (after, limit) =>
        view.list({
          space: gridSpaces.value,
          kind: 'ticket',
          ...indexFor(state),
          order: filter.order === 'asc' ? 'asc' : 'desc',
          after,
          limit,
        });
    // The time counts only where the lamps do: else the list need not be read anew as it goes on.
    const at = filter.due === '' ? 0 : now.value;
    const matches = ({ data }: ViewRecord<'ticket'>) =>
      matchesLedger(data, filter, actor.value.id, itemName(data.item, data.itemVersion)) &&
      matchesDue(data, filter.due, rules.value, at);
    // Nothing that has ended has a lamp.
    const openOnly = filter.state === '' && (byDue || filter.due !== '');
    const read = reader(openOnly ? 'open' : filter.state);
    if (!byDue) return collectLedger(read, matches, wanted);
    const readEnded = filter.state === '' && filter.due === '' ? reader('ended') : null;
    return collectByDue(read, readEnded, matches, (ticket) => dueAtOf(ticket, rules.value), wanted);
  });
  return { page, itemName, rules };
}
