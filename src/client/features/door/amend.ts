import type { Ticket } from '../../../domain/ticket/ticket.ts';

/** What a volunteer may change of a matter. */
export interface Amendable {
  text: string;
  item: string;
  urgent: boolean;
}

export type Edits = { [K in keyof Amendable]?: { from: Amendable[K]; to: Amendable[K] } };

/** Names what each changed field was, so that two people's edits can meet; null where nothing changed. */
export function editsOf(ticket: Pick<Ticket, keyof Amendable>, to: Amendable): Edits | null {
  const text = to.text.trim();
  const edits: Edits = {
    ...(text === ticket.text ? {} : { text: { from: ticket.text, to: text } }),
    ...(to.item === ticket.item ? {} : { item: { from: ticket.item, to: to.item } }),
    ...(to.urgent === ticket.urgent ? {} : { urgent: { from: ticket.urgent, to: to.urgent } }),
  };
  return Object.keys(edits).length > 0 ? edits : null;
}
