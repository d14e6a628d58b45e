import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { revokeSessions } from './member-repository.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { Session } from './session.ts';
import type { SignInLimiter } from './sign-in-limiter.ts';

/**
 * A new password for whoever knows the old one. A wrong one counts as a failed sign-in of the same name: a borrowed
 * phone is no way around the wait. Every other device ends as by a link for a new password: it may still hand in.
 */
export async function changePassword(
  deps: Pick<Dependencies, 'db' | 'now'>,
  limiter: SignInLimiter,
  session: Pick<Session, 'id' | 'memberId'>,
  { oldPassword, newPassword, address }: { oldPassword: string; newPassword: string; address: string },
): Promise<void> {
  const member = await deps.db
    .selectFrom('member')
    .select(['sign_in_key', 'password_hash'])
    .where('id', '=', session.memberId)
    .executeTakeFirst();
  if (!member) throw new HttpError('unauthenticated');
  const retryAfterMs = limiter.begin(member.sign_in_key, address);
  if (retryAfterMs > 0) throw new HttpError('rate_limited', { retryAfterMs });
  if (!(await verifyPassword(oldPassword, member.password_hash))) throw new HttpError('wrong_credentials');
  limiter.succeeded(member.sign_in_key, address);
  const passwordHash = await hashPassword(newPassword);
  await deps.db.transaction().execute(async (trx) => {
    // Of two that come at once the second finds that the old one is old.
    const changed = await trx
      .updateTable('member')
      .set({ password_hash: passwordHash })
      .where('id', '=', session.memberId)
      .where('password_hash', '=', member.password_hash)
      .returning('id')
      .executeTakeFirst();
    if (!changed) throw new HttpError('wrong_credentials');
    await revokeSessions(trx, session.memberId, deps.now(), session.id);
  });
}
