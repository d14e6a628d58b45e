import type { Ticket } from '../../../domain/ticket/ticket.ts';

/** Why a ticket cannot go onto the wall: the resident has not agreed to it. */
export type PublishBlock = 'noConsent' | 'noSensitiveConsent';

export function publishBlock(ticket: Pick<Ticket, 'consent' | 'sensitive'>): PublishBlock | null {
  if (!ticket.consent.publish) return 'noConsent';
  if (ticket.sensitive && ticket.consent.sensitive !== true) return 'noSensitiveConsent';
  return null;
}

/** What in a card's text looks like a person's: the coordinator is asked to look again. */
export type CardTextWarning = 'phone' | 'door' | 'idCard';

export function cardTextWarnings(text: string): CardTextWarning[] {
  const found: CardTextWarning[] = [];
  // Runs of figures, with the gaps that people leave in telephone numbers. No look-behind: older phones lack it.
  const runs = text.replace(/(\d)[ -](?=\d)/g, '$1').match(/\d+[Xx]?/g) ?? [];
  if (runs.some((run) => /^\d{17}[\dXx]$/.test(run))) found.push('idCard');
  if (runs.some((run) => /^(1\d{10}|0\d{9,11}|[2-8]\d{6,7})$/.test(run))) found.push('phone');
  if (/\d+\s*(室|单元|幢|栋|号楼|号门)/.test(text) || /\d+-\d+-\d+/.test(text)) found.push('door');
  return found;
}
