import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/schema.ts';

/**
 * Why a database is not taken for the one that its server left:
 *
 *     backup   `npm run backup` has written it
 *     older    what ran here last had gone on from it
 *     carried  it ran elsewhere, and may be an old copy of what runs on there
 *     moved    it stands in another PostgreSQL, or in another line of it
 *     written  its rows were written anew, as from a dump
 */
export type Doubt = 'backup' | 'older' | 'carried' | 'moved' | 'written';

/** By a new epoch phones begin their caches anew, and send again what this database does not know. [RS1, RS2] */
export async function takeNewEpoch(trx: Transaction<Database>, epoch: string): Promise<void> {
  await trx.updateTable('server').set({ epoch, copied: 0 }).where('id', '=', 1).execute();
}

export async function isBackup(trx: Transaction<Database>): Promise<boolean> {
  const server = await trx.selectFrom('server').select('copied').where('id', '=', 1).executeTakeFirst();
  return server?.copied === 1;
}

const BECAUSE: Record<Doubt, string> = {
  backup: 'it is a backup that was put here without npm run restore',
  older: 'it is older than what ran here last',
  carried: 'it ran in another place before',
  moved: 'it stands in another PostgreSQL than before, or was taken back or over by a standby',
  written: 'its rows were written anew, as from a dump',
};

export function tellNewEpoch(logger: Logger, doubt: Doubt): void {
  logger.warn(
    { doubt },
    `the database has a new epoch, for ${BECAUSE[doubt]}: phones fetch everything anew and bring what it lacks`,
  );
}
