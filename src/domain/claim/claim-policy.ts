import type { Actor } from '../actor/actor.ts';
import { CLAIM_LIMIT, UNIT_CLAIM_LIMIT } from '../card/claim-term.ts';
import type { Member } from '../member/member.ts';
import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import { Refusal, refuseUnless } from '../mutation/refusal.ts';
import { memberSpace } from '../space/space.ts';
import type { ClaimState, ClaimView } from './claim-view.ts';

/** Party members, and those who claim for a partner unit. */
export const mayClaim = (actor: Actor): boolean => actor.kind === 'member' && actor.roles.claimer;

const limitOf = (actor: Actor): number => (actor.roles.unit === null ? CLAIM_LIMIT : UNIT_CLAIM_LIMIT);

/**
 * Nobody gathers wishes that they do not get round to. The count stands in the member's own record, kept by the
 * reactions: a phone learns of it with the next pull, the server always knows.
 */
export function requireRoomForClaim(tx: ReadTx, actor: Actor): void {
  const member: Member | undefined = tx.get(memberSpace(actor.id), 'member', actor.id);
  const limit = limitOf(actor);
  refuseUnless((member?.openClaims?.length ?? 0) < limit, 'claimLimit', { limit });
}

const OPEN: ReadonlySet<ClaimState> = new Set(['active', 'inProgress']);

/** The claimer still works on it. */
export const isOpenClaim = (state: ClaimState): boolean => OPEN.has(state);

const WITH_CONTACT: ReadonlySet<ClaimState> = new Set([...OPEN, 'fulfilled']);

/** Until the resident or the coordinator has the last word, the claimer may have to go back. */
export const grantsContact = (state: ClaimState): boolean => WITH_CONTACT.has(state);

/** The claim view of this space while its claim holds. */
export function readOpenClaim(tx: ReadTx, ctx: MutationContext, id: string): ClaimView {
  const view = tx.get(ctx.space, 'claimView', id);
  refuseUnless(view, 'notFound');
  if (!isOpenClaim(view.state)) throw new Refusal('state', { state: view.state });
  return view;
}
