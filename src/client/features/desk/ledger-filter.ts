import type { Ticket, TicketState } from '../../../domain/ticket/ticket.ts';

/** Empty text means: all of them. */
export interface LedgerFilter {
  /** A state, `open` for all that have not ended, `ended` for the others. */
  state: string;
  kind: string;
  classCode: string;
  gridId: string;
  estateId: string;
  buildingId: string;
  urgent: boolean;
  mine: boolean;
  /** By the lamp of what is under way. */
  due: '' | 'overdue' | 'soon';
  search: string;
  order: 'desc' | 'asc' | 'due';
}

export const noLedgerFilter = (): LedgerFilter => ({
  state: '',
  kind: '',
  classCode: '',
  gridId: '',
  estateId: '',
  buildingId: '',
  urgent: false,
  mine: false,
  due: '',
  search: '',
  order: 'desc',
});

/** How many filters besides search and order are set. */
export const ledgerFiltersSet = (filter: LedgerFilter): number =>
  [filter.state, filter.kind, filter.classCode, filter.gridId, filter.estateId, filter.buildingId, filter.due].filter(
    Boolean,
  ).length +
  Number(filter.urgent) +
  Number(filter.mine);

/** The state is left out: the index of the view answers it. */
export function matchesLedger(ticket: Ticket, filter: LedgerFilter, memberId: string, itemName: string): boolean {
  if (filter.kind !== '' && ticket.kind !== filter.kind) return false;
  if (filter.classCode !== '' && ticket.item.slice(0, 2) !== filter.classCode) return false;
  if (filter.gridId !== '' && ticket.place.gridId !== filter.gridId) return false;
  if (filter.estateId !== '' && ticket.place.estateId !== filter.estateId) return false;
  if (filter.buildingId !== '' && ticket.place.buildingId !== filter.buildingId) return false;
  if (filter.urgent && !ticket.urgent) return false;
  if (filter.mine && ticket.handlerId !== memberId && ticket.loggedBy !== memberId) return false;
  const wanted = filter.search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const text = [ticket.text, itemName, ticket.item, ticket.place.label, ticket.handlerName, ticket.loggedByName]
    .join(' ')
    .toLowerCase();
  return wanted.every((word) => text.includes(word));
}

/** The states that one can ask for, along a ticket's life. */
export const LEDGER_STATES: readonly TicketState[] = [
  'logged',
  'accepted',
  'published',
  'claimed',
  'dispatched',
  'inProgress',
  'resolved',
  'closed',
  'returned',
  'suspended',
  'reopened',
  'declined',
  'withdrawn',
  'merged',
];
