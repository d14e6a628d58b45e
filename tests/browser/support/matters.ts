import type { Slip } from '../../../src/domain/slip/slip.ts';
import type { Ticket, TicketState } from '../../../src/domain/ticket/ticket.ts';
import { demoCommunity, gridsOf } from '../../support/demo/neighbourhood.ts';
import type { Office } from './office.ts';
import { storedRecords } from './stored.ts';

export interface StoredMatter {
  id: string;
  gridId: string;
  data: Ticket;
}

/** Problems of the demo that stand like this now, in these communities. */
export function mattersOf(office: Office, state: TicketState, ...communities: string[]): StoredMatter[] {
  const grids = communities.flatMap((name) => gridsOf(demoCommunity(name))).map((grid) => grid.id);
  return storedRecords<Ticket>(office.dataDir, 'ticket')
    .filter(({ data }) => data.kind === 'issue' && data.state === state && grids.includes(data.place.gridId))
    .map(({ id, data }) => ({ id, gridId: data.place.gridId, data }));
}

export const ticketNow = (office: Office, id: string): Ticket | undefined =>
  storedRecords<Ticket>(office.dataDir, 'ticket').find((one) => one.id === id)?.data;

export function codeOfSlip(office: Office, { data }: StoredMatter): string {
  const slip = storedRecords<Slip>(office.dataDir, 'slip').find((one) => one.id === data.slipId);
  if (slip === undefined) throw new Error('The matter has no slip.');
  return slip.data.code;
}

export const deskPath = ({ gridId, id }: StoredMatter): string => `/desk/tickets/${gridId}/${id}`;
export const doorPath = ({ gridId, id }: StoredMatter): string => `/door/ticket/${gridId}/${id}`;
