import type { Kysely } from 'kysely';
import { NO_ROLES, type Actor, type Roles } from '../../domain/actor/actor.ts';
import { actorOf } from '../auth/actor-of.ts';
import type { Database } from '../db/schema.ts';

export interface Author {
  memberId: string;
  name: string;
  roles: Roles;
  actor: Actor;
  createdAt: number;
  /** The session or the account has ended: what it hands in is held, and nothing is read out to it. */
  revoked: boolean;
}

/** Who stands behind a session as of this transaction: roles may have changed since the request was let in. [I23] */
export async function readAuthor(
  db: Kysely<Database>,
  session: { id: string; memberId: string; revoked: boolean },
): Promise<Author> {
  const member = await db
    .selectFrom('member')
    .select(['name', 'roles', 'active', 'created_at'])
    .where('id', '=', session.memberId)
    .executeTakeFirst();
  const row = await db.selectFrom('session').select('revoked_at').where('id', '=', session.id).executeTakeFirst();
  const revoked = session.revoked || !member?.active || typeof row?.revoked_at === 'number';
  const roles = member && !revoked ? (JSON.parse(member.roles) as Roles) : NO_ROLES;
  const name = member?.name ?? '';
  return {
    memberId: session.memberId,
    name,
    roles,
    actor: revoked
      ? { kind: 'member', id: session.memberId, name, roles, gridCommunity: {} }
      : await actorOf(db, session.memberId),
    createdAt: member?.created_at ?? 0,
    revoked,
  };
}
