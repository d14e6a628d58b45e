import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../../src/server/config.ts';
import { createDependencies } from '../../../src/server/create-dependencies.ts';
import { migrate } from '../../../src/server/db/migrate.ts';
import { openDatabase } from '../../../src/server/db/open-database.ts';
import type { Dependencies } from '../../../src/server/dependencies.ts';

/** Writes into a data folder through the server's own code, before the server opens it. */
export const fillOffice =
  (fill: (deps: Dependencies) => Promise<unknown>) =>
  async (dataDir: string): Promise<void> => {
    const db = openDatabase(join(dataDir, 'doorstep.sqlite'));
    await migrate(db);
    const never = new AbortController();
    await fill(createDependencies(db, readConfig({ DATA_DIR: dataDir }), pino({ level: 'silent' }), never.signal));
    await db.destroy();
  };
