import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { pretendToVerify, verifyPassword } from './password.ts';
import type { SignInLimiter } from './sign-in-limiter.ts';
import { signInKey } from './sign-in-name.ts';

/**
 * The member behind a name and a password. An unknown name, a deactivated account and a wrong password get the
 * same answer after the same work. With the hash that was right: by then it may be old.
 */
export async function checkCredentials(
  deps: Pick<Dependencies, 'db'>,
  limiter: SignInLimiter,
  credentials: { signInName: string; password: string; address: string },
): Promise<{ memberId: string; passwordHash: string }> {
  const key = signInKey(credentials.signInName);
  const retryAfterMs = limiter.begin(key, credentials.address);
  if (retryAfterMs > 0) throw new HttpError('rate_limited', { retryAfterMs });
  const member = await deps.db
    .selectFrom('member')
    .select(['id', 'password_hash', 'active'])
    .where('sign_in_key', '=', key)
    .executeTakeFirst();
  const fits = member
    ? await verifyPassword(credentials.password, member.password_hash)
    : await pretendToVerify(credentials.password);
  if (!member || !fits || !member.active) throw new HttpError('wrong_credentials');
  limiter.succeeded(key, credentials.address);
  return { memberId: member.id, passwordHash: member.password_hash };
}
