import { computed } from 'vue';
import { dueAtOf, type ClockRules } from '../../../domain/term/clock.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { dayText } from '../../../domain/time/shanghai-day.ts';
import { useClockRules } from '../../composables/use-clock.ts';
import { useToday } from '../../composables/use-now.ts';
import { useList } from '../../composables/use-view.ts';
import { inboxOrder, queueOf } from './inbox.ts';
import type { Queue } from './inbox.ts';
import { useDesk } from './use-desk.ts';

/** What the desk owes an answer to, of all grids of the member's communities. */
export function useInbox() {
  const { gridSpaces, communityIds } = useDesk();
  const rules = useClockRules();
  const today = useToday();
  const inState = (key: string) =>
    useList(() => ({ space: gridSpaces.value, kind: 'ticket', index: 'byState', key, order: 'asc' }));
  const states = ['logged', 'reopened', 'accepted', 'resolved', 'suspended'].map(inState);

  const queues = computed(() => {
    const day = dayText(today.value);
    const found: Record<Queue, ViewRecord<'ticket'>[]> = { new: [], assign: [], followUp: [], review: [] };
    for (const ticket of states.flatMap((list) => list.value)) {
      const queue = queueOf(ticket.data, day);
      if (queue) found[queue].push(ticket);
    }
    for (const list of Object.values(found)) sortByDue(list, rules.value);
    return found;
  });
  return { queues, communityIds, rules };
}

function sortByDue(list: ViewRecord<'ticket'>[], rules: ClockRules): void {
  const due = new Map(list.map(({ data }) => [data, dueAtOf(data, rules)]));
  const order = inboxOrder((ticket) => due.get(ticket) ?? Infinity);
  list.sort((a, b) => order(a.data, b.data));
}
