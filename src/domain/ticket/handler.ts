import type { Ticket, TicketState } from './ticket.ts';

/** Nobody works on it. */
export const NOBODY: Pick<Ticket, 'handlerId' | 'handlerName' | 'leadUnit' | 'jointUnits'> = {
  handlerId: null,
  handlerName: '',
  leadUnit: '',
  jointUnits: [],
};

/** Where a suspended ticket goes on: with whom it was. */
export function resumedState(ticket: Pick<Ticket, 'handlerId' | 'leadUnit'>): TicketState {
  if (ticket.handlerId !== null) return 'inProgress';
  return ticket.leadUnit === '' ? 'accepted' : 'dispatched';
}
