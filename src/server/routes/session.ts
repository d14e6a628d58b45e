import { Hono } from 'hono';
import { passwordChangeSchema, signInSchema } from '../../protocol/account-messages.ts';
import { changePassword } from '../auth/change-password.ts';
import { readMember } from '../auth/member-repository.ts';
import { toSessionMember } from '../auth/create-member.ts';
import { beginSession, endSession, readSession, requireSession } from '../auth/session.ts';
import { checkCredentials } from '../auth/sign-in.ts';
import { SignInLimiter } from '../auth/sign-in-limiter.ts';
import { writeMemberRecord } from '../auth/write-member-record.ts';
import type { Dependencies } from '../dependencies.ts';
import { clientAddress } from '../http/client-address.ts';
import { forgetPhotos } from '../http/forget-photos.ts';
import { HttpError } from '../http/http-error.ts';
import { readJson } from '../http/read-json.ts';

/** GET /api/session: who is signed in here. POST: sign in. DELETE: sign this device out. POST /password: a new one. */
export function sessionRoutes(deps: Dependencies): Hono {
  const limiter = new SignInLimiter(deps.now);
  return new Hono()
    .get('/session', async (c) => {
      const session = await readSession(deps, c);
      if (!session || session.revoked) throw new HttpError('unauthenticated');
      return c.json(toSessionMember({ id: session.memberId, name: session.name, roles: session.roles }));
    })
    .post('/session', async (c) => {
      const { signInName, password, device } = await readJson(c, signInSchema);
      const address = clientAddress(deps.config, c);
      const { memberId, passwordHash } = await checkCredentials(deps, limiter, { signInName, password, address });
      await writeMemberRecord(deps, memberId);
      await beginSession(deps, c, memberId, device, passwordHash);
      const member = await readMember(deps.db, memberId);
      if (!member) throw new HttpError('wrong_credentials');
      return c.json(toSessionMember(member));
    })
    .post('/session/password', async (c) => {
      const { session } = await requireSession(deps, c);
      const { oldPassword, newPassword } = await readJson(c, passwordChangeSchema);
      const address = clientAddress(deps.config, c);
      await changePassword(deps, limiter, session, { oldPassword, newPassword, address });
      return c.body(null, 204);
    })
    .delete('/session', async (c) => {
      await endSession(deps, c);
      forgetPhotos(c);
      return c.body(null, 204);
    });
}
