import type { Kysely } from 'kysely';
import type { Roles } from '../../domain/actor/actor.ts';
import { DAY_MS } from '../../domain/time/day-ms.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { hashToken } from './token-hash.ts';

export const INVITATION_MS = 14 * DAY_MS;
export const NEW_PASSWORD_MS = 3 * DAY_MS;

export interface Invitation {
  id: string;
  displayName: string;
  roles: Roles;
  createdBy: string;
  expiresAt: number;
  acceptedAt: number | null;
  /** Set from the start where it sets a new password of somebody who is a member already. */
  memberId: string | null;
}

const COLUMNS = ['id', 'display_name', 'roles', 'created_by', 'expires_at', 'accepted_at', 'member_id'] as const;

interface Row {
  id: string;
  display_name: string;
  roles: string;
  created_by: string;
  expires_at: number;
  accepted_at: number | null;
  member_id: string | null;
}

const toInvitation = (row: Row): Invitation => ({
  id: row.id,
  displayName: row.display_name,
  roles: JSON.parse(row.roles) as Roles,
  createdBy: row.created_by,
  expiresAt: row.expires_at,
  acceptedAt: row.accepted_at,
  memberId: row.member_id,
});

/** The token is answered once and stored as its hash. */
export async function insertInvitation(
  deps: Pick<Dependencies, 'now' | 'newId' | 'newToken'>,
  db: Kysely<Database>,
  invitation: { displayName: string; roles: Roles; createdBy: string; memberId: string | null },
): Promise<{ id: string; token: string; expiresAt: number }> {
  const now = deps.now();
  const [id, token] = [deps.newId(), deps.newToken()];
  const expiresAt = now + (invitation.memberId === null ? INVITATION_MS : NEW_PASSWORD_MS);
  await db
    .insertInto('invitation')
    .values({
      id,
      token_hash: hashToken(token),
      display_name: invitation.displayName,
      roles: JSON.stringify(invitation.roles),
      created_by: invitation.createdBy,
      created_at: now,
      expires_at: expiresAt,
      accepted_at: null,
      member_id: invitation.memberId,
    })
    .execute();
  return { id, token, expiresAt };
}

export async function findInvitation(db: Kysely<Database>, token: string): Promise<Invitation | undefined> {
  const row = await db
    .selectFrom('invitation')
    .select(COLUMNS)
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** Of any kind, as long as nobody took it up. */
export async function readInvitation(db: Kysely<Database>, id: string): Promise<Invitation | undefined> {
  const row = await db
    .selectFrom('invitation')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** To new members, neither accepted nor run out. */
export async function readOpenInvitations(db: Kysely<Database>, now: number): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitation')
    .select(COLUMNS)
    .where('accepted_at', 'is', null)
    .where('member_id', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('display_name')
    .orderBy('id')
    .execute();
  return rows.map(toInvitation);
}

/** False where somebody was quicker, or it was taken back meanwhile. */
export async function markAccepted(db: Kysely<Database>, id: string, memberId: string, now: number): Promise<boolean> {
  const row = await db
    .updateTable('invitation')
    .set({ accepted_at: now, member_id: memberId })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
