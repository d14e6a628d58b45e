import type { Card, CardClaim } from '../card/card.ts';
import type { Contact } from '../contact/contact.ts';
import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import type { Effect } from '../mutation/reaction.ts';
import { contactSpace, memberSpace } from '../space/space.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { grantsContact } from './claim-policy.ts';
import type { ClaimState, ClaimView } from './claim-view.ts';
import { claimViewIdOf } from './claim-view-id.ts';
import { withoutContact } from './without-contact.ts';

/** Keeps the list that the claim limit counts. No record of the member: nothing to keep. */
export function openClaimsEffect(tx: ReadTx, memberId: string, claimId: string, isOpen: boolean): Effect[] {
  const space = memberSpace(memberId);
  const member = tx.get(space, 'member', memberId);
  if (member === undefined) return [];
  const others = (member.openClaims ?? []).filter((id) => id !== claimId);
  const openClaims = isOpen ? [...others, claimId] : others;
  return [{ space, kind: 'member', id: memberId, data: { ...member, openClaims } }];
}

/** What a claim grants: the ticket as its claimer needs it, with whom to call. */
export function claimViewOf(
  cardId: string,
  card: Card,
  claim: CardClaim,
  ticket: Ticket,
  contact: Contact | undefined,
): ClaimView {
  const { ticketId, gridId, communityId, kind, item, itemVersion, text, urgent } = card;
  return {
    ticketId,
    cardId,
    gridId,
    communityId,
    kind,
    item,
    itemVersion,
    text,
    urgent,
    address: ticket.place.label,
    contact: contact === undefined ? null : { name: contact.name, phone: contact.phone, note: contact.note },
    state: 'active',
    claimedAt: claim.at,
    expiresAt: claim.expiresAt,
    outcome: null,
    result: '',
    notes: [],
    updatedAt: claim.at,
  };
}

/** Read by the server alone: no device follows the space of contacts. */
export const readContact = (tx: ReadTx, ticket: Ticket): Contact | undefined =>
  ticket.contactId === null ? undefined : tx.get(contactSpace(ticket.place.gridId), 'contact', ticket.contactId);

/** The claimer's view when something elsewhere decided over the claim; nothing where it is over already. */
export function changeClaimView(
  tx: ReadTx,
  ctx: MutationContext,
  ticketId: string,
  claim: CardClaim,
  state: ClaimState,
  change: Partial<ClaimView> = {},
): Effect[] {
  const space = memberSpace(claim.memberId);
  const id = claimViewIdOf(ticketId, claim.mid);
  const view = tx.get(space, 'claimView', id);
  if (view === undefined || !grantsContact(view.state)) return [];
  const kept = grantsContact(state) ? view : withoutContact(view);
  return [{ space, kind: 'claimView', id, data: { ...kept, ...change, state, updatedAt: ctx.at } }];
}
