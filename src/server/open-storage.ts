import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { inspectSqlite, requireNotLost } from './db/inspect-sqlite.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { openPostgres } from './db/open-postgres.ts';
import { probeWrite } from './db/probe-write.ts';
import { requireKnownTables } from './db/known-tables.ts';
import type { Database } from './db/schema.ts';
import type { PokeHub } from './dependencies.ts';
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

/** One file and one process, or a PostgreSQL that several processes share; with the tables of this version. */
export async function openStorage(config: Config, logger: Logger): Promise<Storage> {
  const { postgres } = config;
  if (!postgres && !(await inspectSqlite(databaseFile(config)))) await requireNotLost(databaseFile(config));
  const db = postgres
    ? openPostgres(postgres, (error) => logFault(logger, 'a connection to the database was lost', error))
    : openDatabase(databaseFile(config));
  try {
    if (postgres) await requireKnownTables(db);
    await migrate(db);
    await probeWrite(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  if (!postgres) return { db, pokes: createPokeHub(), close: () => db.destroy() };
  const pokes = openPostgresPokes(postgres, logger);
  return {
    db,
    pokes,
    async close() {
      await pokes.close();
      await db.destroy();
    },
  };
}
