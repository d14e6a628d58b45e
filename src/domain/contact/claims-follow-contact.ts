import { cardIdOf } from '../card/card-id.ts';
import { changeClaimView } from '../claim/claim-effects.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import type { Effect, Reaction, ReactionTx } from '../mutation/reaction.ts';
import { gridSpace, memberSpace, ownerOf, wallSpace } from '../space/space.ts';
import type { Contact } from './contact.ts';

/** A corrected contact reaches whoever holds a claim that granted it: they would go on calling the old number. */
export const claimsFollowContact: Reaction = {
  name: 'claimsFollowContact',
  onApplied(changes, tx, ctx, mutation) {
    if (mutation !== 'contact.amend') return [];
    return changes.flatMap(({ space, kind, id, after }) =>
      kind === 'contact' && after !== undefined ? claimsWithContact(tx, ctx, ownerOf(space), id, after as Contact) : [],
    );
  },
};

/** The claim views that carry this contact, with what it says now. */
export function claimsWithContact(
  tx: ReactionTx,
  ctx: MutationContext,
  gridId: string,
  contactId: string,
  { name, phone, note }: Contact,
): Effect[] {
  return tx.list(gridSpace(gridId)).flatMap((record) => {
    if (record.kind !== 'ticket' || record.data.contactId !== contactId) return [];
    const card = tx.get(wallSpace(record.data.place.communityId), 'card', cardIdOf(record.id));
    const claim = card?.claim ?? null;
    if (claim === null) return [];
    const view = tx.get(memberSpace(claim.memberId), 'claimView', claimViewIdOf(record.id, claim.mid));
    if (view === undefined) return [];
    return changeClaimView(tx, ctx, record.id, claim, view.state, { contact: { name, phone, note } });
  });
}
