import type { Kysely } from 'kysely';
import { isAdmin, isCoordinatorOf, type Actor } from '../../domain/actor/actor.ts';
import type { ClaimView } from '../../domain/claim/claim-view.ts';
import { mayManageMember } from '../../domain/member/member-policy.ts';
import { memberSpace } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';
import { readRecords } from '../sync/read-record.ts';
import type { Account } from './member-repository.ts';

/**
 * May the actor give this member a link for a new password? Whoever has the link can open the account, and with it the
 * contacts of its claims: those of another community are not a coordinator's to see.
 */
export async function mayGivePassword(db: Kysely<Database>, actor: Actor, member: Account): Promise<boolean> {
  if (!member.active || !mayManageMember(actor, member.roles)) return false;
  if (isAdmin(actor)) return true;
  const claims = await readRecords(db, memberSpace(member.id), 'claimView');
  return claims.every(({ data }) => isEmpty(data) || isCoordinatorOf(actor, data.communityId));
}

const isEmpty = ({ address, contact }: ClaimView): boolean => address === '' && contact === null;
