import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { inspectPostgres } from './db/inspect-postgres.ts';
import { inspectSqlite, requireNotLost } from './db/inspect-sqlite.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { openPostgres } from './db/open-postgres.ts';
import { probeWrite } from './db/probe-write.ts';
import { requireKnownTables } from './db/known-tables.ts';
import type { Database } from './db/schema.ts';
import type { PokeHub } from './dependencies.ts';
import type { HistoryTools } from './history/history.ts';
import { keepHistory, type Keeping } from './history/keep-history.ts';
import { openMarkFile } from './history/mark-file.ts';
import { joinByMarks } from './history/marks.ts';
import { joinByStand } from './history/stand.ts';
import { createPokeHub } from './poke/poke-hub.ts';
import { openPostgresPokes } from './poke/postgres-pokes.ts';
import { logFault } from './sync/log-fault.ts';

export interface Storage {
  db: Kysely<Database>;
  pokes: PokeHub;
  close(): Promise<void>;
}

/** Where the one file of an office lies. */
export const databaseFile = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'doorstep.sqlite');

/** What the server that ran last has set beside it. */
export const markFile = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'doorstep.mark');

/**
 * One file and one process, or a PostgreSQL that several processes share; with the tables of this version, and under a
 * new epoch where it is not what the last server left.
 */
export async function openStorage(config: Config, logger: Logger): Promise<Storage> {
  const { postgres } = config;
  const mark = openMarkFile(markFile(config));
  if (!postgres && !(await inspectSqlite(databaseFile(config)))) {
    await requireNotLost(databaseFile(config), (await mark.read()) !== null);
  }
  let keeping: Keeping | null = null;
  const lost = (error: Error) => {
    logFault(logger, 'a connection to the database was lost', error);
    keeping?.soon();
  };
  const db = postgres ? openPostgres(postgres, lost) : openDatabase(databaseFile(config));
  try {
    if (postgres) {
      await requireKnownTables(db);
      await inspectPostgres(db, logger);
    }
    await migrate(db);
    await probeWrite(db);
    const tools: HistoryTools = { logger, newEpoch: randomUUID, newName: () => randomBytes(6).toString('base64url') };
    keeping = keepHistory(await (postgres ? joinByStand(db, tools) : joinByMarks(db, mark, tools)), logger);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const kept = keeping;
  const pokes = postgres ? openPostgresPokes(postgres, logger) : null;
  return {
    db,
    pokes: pokes ?? createPokeHub(),
    async close() {
      await kept.stop();
      await pokes?.close();
      await db.destroy();
    },
  };
}
