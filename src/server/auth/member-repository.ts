import type { Kysely } from 'kysely';
import type { Roles } from '../../domain/actor/actor.ts';
import type { Database, MemberTable } from '../db/schema.ts';

export interface Account {
  id: string;
  name: string;
  roles: Roles;
  active: boolean;
  lastSeenAt: number | null;
}

const COLUMNS = ['id', 'name', 'roles', 'active', 'last_seen_at'] as const;

const toAccount = (row: Pick<MemberTable, (typeof COLUMNS)[number]>): Account => ({
  id: row.id,
  name: row.name,
  roles: JSON.parse(row.roles) as Roles,
  active: row.active === 1,
  lastSeenAt: row.last_seen_at,
});

export async function readMember(db: Kysely<Database>, id: string): Promise<Account | undefined> {
  const row = await db.selectFrom('member').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && toAccount(row);
}

export async function readMembers(db: Kysely<Database>): Promise<Account[]> {
  const rows = await db.selectFrom('member').select(COLUMNS).orderBy('name').orderBy('id').execute();
  return rows.map(toAccount);
}

export async function updateMember(
  db: Kysely<Database>,
  id: string,
  change: { name?: string; roles?: Roles; active?: boolean },
): Promise<void> {
  const { name, roles, active } = change;
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(roles === undefined ? {} : { roles: JSON.stringify(roles) }),
    ...(active === undefined ? {} : { active: active ? 1 : 0 }),
  };
  if (Object.keys(set).length > 0) await db.updateTable('member').set(set).where('id', '=', id).execute();
}

/**
 * Every device of the member, `except` the session in hand: what they still hand in is held. One that was reported
 * lost cannot be found any more, whatever becomes of the others.
 */
export async function revokeSessions(
  db: Kysely<Database>,
  memberId: string,
  now: number,
  except?: string,
): Promise<void> {
  await db.updateTable('session').set({ lost_by: null }).where('member_id', '=', memberId).execute();
  const open = db
    .updateTable('session')
    .set({ revoked_at: now })
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null);
  await (except === undefined ? open : open.where('id', '!=', except)).execute();
}
