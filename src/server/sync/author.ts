import type { Kysely } from 'kysely';
import { NO_ROLES, type Actor, type Roles } from '../../domain/actor/actor.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { accountsIn, readPlaces } from './transaction-memory.ts';

export interface Author {
  memberId: string;
  name: string;
  roles: Roles;
  actor: Actor;
  createdAt: number;
  /** The session or the account has ended: what it hands in is held, and nothing is read out to it. */
  revoked: boolean;
}

/** The member's row as of a transaction, and when the session was revoked. */
export interface Account {
  name: string;
  roles: Roles;
  active: number;
  createdAt: number;
  revokedAt: number | null;
}

const findMember = prepareQuery<{ member: string; session: string }, Omit<Account, 'roles'> & { roles: string }>(
  (db, arg) =>
    db
      .selectFrom('member')
      .leftJoin('session', (join) => join.on('session.id', '=', arg('session')))
      .select(['member.name', 'member.roles', 'member.active', 'member.created_at as createdAt'])
      .select('session.revoked_at as revokedAt')
      .where('member.id', '=', arg('member')),
);

async function readAccount(
  db: Kysely<Database>,
  { id, memberId }: { id: string; memberId: string },
): Promise<Account | undefined> {
  const accounts = accountsIn(db);
  if (accounts.has(id)) return accounts.get(id);
  const [row] = await findMember(db, { member: memberId, session: id });
  const account = row && { ...row, roles: JSON.parse(row.roles) as Roles };
  accounts.set(id, account);
  return account;
}

/** Who stands behind a session as of this transaction: roles may have changed since the request was let in. [I23] */
export async function readAuthor(
  db: Kysely<Database>,
  session: { id: string; memberId: string; revoked: boolean },
): Promise<Author> {
  const member = await readAccount(db, session);
  const revoked = session.revoked || !member?.active || member.revokedAt !== null;
  const roles = member && !revoked ? member.roles : NO_ROLES;
  const name = member?.name ?? '';
  return {
    memberId: session.memberId,
    name,
    roles,
    actor: {
      kind: 'member',
      id: session.memberId,
      name,
      roles,
      gridCommunity: revoked ? {} : (await readPlaces(db)).gridCommunity,
    },
    createdAt: member?.createdAt ?? 0,
    revoked,
  };
}
