import type { Satisfaction, Ticket, TimelineEntry } from '../../domain/ticket/ticket.ts';
import type { ClockRules } from '../../domain/term/clock.ts';
import { fillMessage } from '../../i18n/fill-message.ts';
import { formatDay, formatDayTime } from '../../i18n/shanghai-time.ts';
import { presentDue, type ResidentDue } from './resident-due.ts';
import { residentWords as words } from './resident-words.ts';

/** What a resident's page shows of one ticket: never a name, a telephone, a door, or what was written down. */
export interface ResidentMatter {
  ticketId: string;
  kindName: string;
  itemName: string;
  loggedOn: string;
  updated: string;
  state: string;
  next: string;
  due: ResidentDue;
  /** The reason of a refusal or a suspension; empty where there is none. */
  reason: string;
  outcome: string;
  result: string;
  satisfaction: Satisfaction | null;
  history: { when: string; what: string; text: string }[];
}

type EntryWord = keyof typeof words.entry;

const isTold = (entry: TimelineEntry): entry is TimelineEntry & { action: EntryWord } =>
  entry.action in words.entry && (entry.action !== 'progress' || entry.open);

const lastOpenText = (ticket: Ticket, action: TimelineEntry['action']): string =>
  ticket.timeline.findLast((entry) => entry.action === action && entry.open)?.text ?? '';

/** Only who answers for the matter is named: a claimer as the wall shows them, a unit by its name. */
function history(ticket: Ticket): ResidentMatter['history'] {
  return ticket.timeline.filter(isTold).map((entry) => ({
    when: formatDayTime(entry.at),
    what: fillMessage(words.entry[entry.action], {
      name: entry.byRole === 'claimer' ? entry.byName : words.somebody,
      unit: ticket.leadUnit === '' ? words.someUnit : ticket.leadUnit,
    }),
    text: entry.open ? entry.text : '',
  }));
}

/** `mergedTarget` is the ticket that this one was merged into, where it was. */
export function presentMatter(
  ticketId: string,
  ticket: Ticket,
  itemName: string,
  mergedTarget: Ticket | undefined,
  clock: { rules: ClockRules; now: number },
): ResidentMatter {
  const stateWords = words.state[ticket.kind][ticket.state];
  const params = {
    handler: ticket.handlerName === '' ? words.somebody : ticket.handlerName,
    unit: ticket.leadUnit === '' ? words.someUnit : ticket.leadUnit,
    day: ticket.reviewOn === null ? '' : formatDay(Date.parse(`${ticket.reviewOn}T12:00:00+08:00`)),
    target: mergedTarget === undefined ? '' : stateTitle(mergedTarget),
  };
  return {
    ticketId,
    kindName: words.kind[ticket.kind],
    itemName,
    loggedOn: fillMessage(words.loggedOn, { day: formatDay(ticket.loggedAt) }),
    updated: fillMessage(words.updated, { time: formatDayTime(ticket.updatedAt) }),
    state: stateTitle(ticket),
    next: fillMessage(stateWords.next, params),
    due: presentDue(ticket, clock.rules, clock.now),
    reason: reasonOf(ticket),
    outcome: ticket.outcome === null ? '' : words.outcome[ticket.outcome],
    result: ticket.result,
    satisfaction: ticket.satisfaction,
    history: history(ticket),
  };
}

/** Closed is not met: what came of it is said first. */
function stateTitle(ticket: Ticket): string {
  if (ticket.state === 'closed' && ticket.outcome !== null && ticket.outcome !== 'solved') {
    return words.closedAs[ticket.kind][ticket.outcome];
  }
  return fillMessage(words.state[ticket.kind][ticket.state].title, {
    handler: ticket.handlerName === '' ? words.somebody : ticket.handlerName,
    unit: ticket.leadUnit === '' ? words.someUnit : ticket.leadUnit,
  });
}

function reasonOf(ticket: Ticket): string {
  if (ticket.state === 'declined') return lastOpenText(ticket, 'declined');
  if (ticket.state === 'suspended') return lastOpenText(ticket, 'suspended');
  return '';
}
