import type { Kysely } from 'kysely';
import type { Roles } from '../../domain/actor/actor.ts';
import type { SessionMember } from '../../protocol/account-messages.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { hashPassword } from './password.ts';
import { signInKey } from './sign-in-name.ts';
import { writeMemberRecord } from './write-member-record.ts';

export interface NewMember {
  /** Left out: a new one. */
  id?: string;
  displayName: string;
  signInName: string;
  password: string;
  roles: Roles;
}

/** Makes an account and its record. Throws `conflict` where the sign-in name is taken. */
export async function createMember(deps: Dependencies, member: NewMember): Promise<SessionMember> {
  const passwordHash = await hashPassword(member.password);
  const id = await insertMember(deps, deps.db, member, passwordHash);
  await writeMemberRecord(deps, id);
  return toSessionMember({ id, name: member.displayName, roles: member.roles });
}

/** The account alone, in the caller's transaction; the record follows by `writeMemberRecord`. */
export async function insertMember(
  deps: Pick<Dependencies, 'now' | 'newId'>,
  db: Kysely<Database>,
  member: Omit<NewMember, 'password'>,
  passwordHash: string,
): Promise<string> {
  const row = await db
    .insertInto('member')
    .values({
      id: member.id ?? deps.newId(),
      name: member.displayName,
      sign_in_name: member.signInName,
      sign_in_key: signInKey(member.signInName),
      password_hash: passwordHash,
      roles: JSON.stringify(member.roles),
      active: 1,
      created_at: deps.now(),
      last_seen_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new HttpError('conflict');
  return row.id;
}

/** As the wire has it: lists of its own, that nobody else holds. */
export const toSessionMember = (member: { id: string; name: string; roles: Roles }): SessionMember => ({
  id: member.id,
  name: member.name,
  roles: {
    ...member.roles,
    volunteer: [...member.roles.volunteer],
    coordinator: [...member.roles.coordinator],
  },
});
