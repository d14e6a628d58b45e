import type { InferOutput } from 'valibot';
import { mayInvite } from '../../domain/member/member-policy.ts';
import type { invitationAcceptSchema } from '../../protocol/account-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { actorOf } from './actor-of.ts';
import { insertMember } from './create-member.ts';
import { findInvitation, markAccepted, type Invitation } from './invitation-repository.ts';
import { mayGivePassword } from './may-give-password.ts';
import { readMember, revokeSessions } from './member-repository.ts';
import { hashPassword } from './password.ts';
import { signInKey } from './sign-in-name.ts';
import { writeMemberRecord } from './write-member-record.ts';

/**
 * The invitation behind a token, as long as it stands: not accepted, not run out, and whoever gave it could still
 * give it today.
 */
export async function readStandingInvitation(deps: Dependencies, token: string): Promise<Invitation> {
  const invitation = await findInvitation(deps.db, token);
  if (!invitation || invitation.expiresAt <= deps.now()) throw new HttpError('not_found');
  if (invitation.acceptedAt !== null) throw new HttpError('conflict');
  const giver = await actorOf(deps.db, invitation.createdBy);
  if (invitation.memberId === null) {
    if (!mayInvite(giver, invitation.roles)) throw new HttpError('not_found');
    return invitation;
  }
  const member = await readMember(deps.db, invitation.memberId);
  if (!member || !(await mayGivePassword(deps.db, giver, member))) throw new HttpError('not_found');
  return { ...invitation, displayName: member.name, roles: member.roles };
}

/** Makes the account, or gives the one that is there a new name and password. Answers the member's id. */
export async function acceptInvitation(
  deps: Dependencies,
  { token, signInName, password }: Omit<InferOutput<typeof invitationAcceptSchema>, 'device'>,
): Promise<string> {
  const invitation = await readStandingInvitation(deps, token);
  const passwordHash = await hashPassword(password);
  const memberId = invitation.memberId ?? deps.newId();
  const { displayName, roles } = invitation;
  await deps.db.transaction().execute(async (trx) => {
    if (!(await markAccepted(trx, invitation.id, memberId, deps.now()))) throw new HttpError('conflict');
    if (invitation.memberId === null) {
      await insertMember(deps, trx, { id: memberId, displayName, signInName, roles }, passwordHash);
      return;
    }
    const key = signInKey(signInName);
    const holder = await trx.selectFrom('member').select('id').where('sign_in_key', '=', key).executeTakeFirst();
    if (holder && holder.id !== memberId) throw new HttpError('conflict');
    await trx
      .updateTable('member')
      .set({ sign_in_name: signInName, sign_in_key: key, password_hash: passwordHash })
      .where('id', '=', memberId)
      .execute();
    // Whoever needs a new password may have lost the phone with it.
    await revokeSessions(trx, memberId, deps.now());
  });
  await writeMemberRecord(deps, memberId);
  return memberId;
}
