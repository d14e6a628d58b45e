import type { Ticket } from '../../../domain/ticket/ticket.ts';

/** 待受理, 待安排, 待回访, 挂账到期: what the desk owes an answer to. */
export const QUEUES = ['new', 'assign', 'followUp', 'review'] as const;
export type Queue = (typeof QUEUES)[number];

/** `today` is YYYY-MM-DD in Shanghai. */
export function queueOf(ticket: Ticket, today: string): Queue | null {
  switch (ticket.state) {
    case 'logged':
    case 'reopened':
      return 'new';
    case 'accepted':
      return 'assign';
    case 'resolved':
      return 'followUp';
    case 'suspended':
      return ticket.reviewOn !== null && ticket.reviewOn <= today ? 'review' : null;
    default:
      return null;
  }
}

/** Urgent first, then what is due first, then the higher tier, then who has waited longest. */
export const inboxOrder =
  (dueAt: (ticket: Ticket) => number) =>
  (a: Ticket, b: Ticket): number =>
    Number(b.urgent) - Number(a.urgent) ||
    // Infinity less Infinity is no number: of neither is anything due.
    dueAt(a) - dueAt(b) ||
    a.tier.localeCompare(b.tier) ||
    a.loggedAt - b.loggedAt;

/**
 * What stands next in a list when one moves by `step`. A ticket that was just dealt with has left the
 * list; the one that took its place is next then.
 */
export function neighbour(ids: readonly string[], selected: string, lastIndex: number, step: 1 | -1): string {
  if (ids.length === 0) return selected;
  const index = ids.indexOf(selected);
  const wanted = index >= 0 ? index + step : step > 0 ? lastIndex : lastIndex - 1;
  return ids[Math.min(Math.max(wanted, 0), ids.length - 1)] ?? selected;
}
