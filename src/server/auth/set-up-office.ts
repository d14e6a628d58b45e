import type { Kysely } from 'kysely';
import type { InferOutput } from 'valibot';
import { NO_ROLES, type Roles } from '../../domain/actor/actor.ts';
import { derivedId } from '../../domain/place/place.ts';
import { OFFICE } from '../../domain/space/space.ts';
import type { setupSchema } from '../../protocol/account-messages.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { seedOffice } from '../setup/seed-office.ts';
import { readRecord } from '../sync/read-record.ts';
import { insertMember } from './create-member.ts';
import { hashPassword } from './password.ts';
import { fitsHash } from './token-hash.ts';
import { writeMemberRecord } from './write-member-record.ts';

/** The same at each try, so that a set-up broken off in the middle begins again without a second admin. */
const FIRST_ADMIN = derivedId('member', 'first-admin');
const ADMIN: Roles = { ...NO_ROLES, admin: true };

export const isSetupNeeded = async (db: Kysely<Database>): Promise<boolean> =>
  !(await readRecord(db, OFFICE, 'office', 'office'));

/** Throws `conflict` once there is an office, `forbidden` for a token that is not the console's. */
export async function setUpOffice(
  deps: Dependencies,
  setup: Omit<InferOutput<typeof setupSchema>, 'device'>,
): Promise<{ id: string; name: string; roles: Roles }> {
  if (!(await isSetupNeeded(deps.db))) throw new HttpError('conflict');
  const server = await deps.db.selectFrom('server').select('setup_token_hash').executeTakeFirst();
  const hash = server?.setup_token_hash;
  if (!hash || !fitsHash(setup.token, hash)) throw new HttpError('forbidden');

  const { displayName, signInName } = setup;
  const passwordHash = await hashPassword(setup.password);
  await deps.db.transaction().execute(async (trx) => {
    // The office comes last: while it is missing, an admin of a broken set-up has nothing that could be lost.
    await trx.deleteFrom('session').where('member_id', '=', FIRST_ADMIN).execute();
    await trx.deleteFrom('member').where('id', '=', FIRST_ADMIN).execute();
    await insertMember(deps, trx, { id: FIRST_ADMIN, displayName, signInName, roles: ADMIN }, passwordHash);
  });
  await writeMemberRecord(deps, FIRST_ADMIN);
  await seedOffice(deps, { name: setup.officeName, phone: setup.officePhone });
  await deps.db.updateTable('server').set({ setup_token_hash: null }).execute();
  return { id: FIRST_ADMIN, name: displayName, roles: ADMIN };
}
