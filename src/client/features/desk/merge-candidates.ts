import type { Ticket, TicketState } from '../../../domain/ticket/ticket.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';

/** Nothing is merged into what has ended without a result, or has itself been merged. */
const NOT_INTO: readonly TicketState[] = ['merged', 'declined', 'withdrawn', 'closed'];

/** Other tickets of the same grid and kind that fit the search, those of the same place and item first. */
export function mergeCandidates(
  own: { id: string; data: Ticket },
  others: readonly ViewRecord<'ticket'>[],
  search: string,
  itemName: (code: string, version?: number) => string,
  limit = 8,
): ViewRecord<'ticket'>[] {
  const wanted = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const near = (ticket: Ticket): number =>
    Number(ticket.item === own.data.item) * 2 +
    Number(ticket.place.buildingId !== null && ticket.place.buildingId === own.data.place.buildingId);
  return others
    .filter(({ id, data }) => id !== own.id && data.kind === own.data.kind && !NOT_INTO.includes(data.state))
    .filter(({ data }) => {
      const text = [data.text, data.place.label, itemName(data.item, data.itemVersion)].join(' ').toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => near(b.data) - near(a.data) || b.data.loggedAt - a.data.loggedAt)
    .slice(0, limit);
}
