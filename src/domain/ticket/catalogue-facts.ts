import type { CatalogueItem } from '../catalogue/catalogue.ts';
import { findItem } from '../catalogue/find-item.ts';
import type { Consent } from '../consent/consent.ts';
import type { ReadTx } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { OFFICE } from '../space/space.ts';
import type { Ticket, TicketKind } from './ticket.ts';

/**
 * The item of any published version, disabled ones too: a phone may have been away for long. Refuses what it
 * cannot be logged as, and a sensitive one without the separate consent that it needs.
 */
export function readItem(
  tx: ReadTx,
  wanted: { item: string; itemVersion: number; kind: TicketKind; consent: Consent },
): CatalogueItem {
  const catalogue = tx.get(OFFICE, 'catalogue', `v${wanted.itemVersion}`);
  const item = catalogue && findItem(catalogue, wanted.item);
  refuseUnless(item, 'itemUnknown');
  refuseUnless(item.kind === 'both' || item.kind === wanted.kind, 'kindNotAllowed');
  refuseUnless(!item.sensitive || wanted.consent.sensitive === true, 'consentMissing');
  return item;
}

/** What follows for a ticket from its item. */
export const factsOf = (item: CatalogueItem): Pick<Ticket, 'item' | 'tier' | 'sensitive'> => ({
  item: item.code,
  tier: item.tier,
  sensitive: item.sensitive,
});
