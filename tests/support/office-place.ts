import { join } from 'node:path';
import process from 'node:process';
import { newDatabase } from './postgres/new-database.ts';
import { onPostgres, type TestDependencies, type TestOptions } from './test-dependencies.ts';

export type Env = Readonly<Record<string, string>>;

/** Of an office whose folder is this one, on the engine of this run: SQLite's file lies in it. */
export const officeIn = (dataDir: string): TestOptions => ({
  photoFolder: dataDir,
  ...(onPostgres() ? {} : { file: join(dataDir, 'doorstep.sqlite') }),
});

/** By which settings a program or a command finds that office. */
export const settingsOf = (dataDir: string, { databaseUrl }: Pick<TestDependencies, 'databaseUrl'>): Env => ({
  DATA_DIR: dataDir,
  ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
});

/** The office that stands in such a place by now. */
export const officeAt = ({ DATA_DIR = '', DATABASE_URL: url }: Env): TestOptions =>
  url === undefined ? officeIn(DATA_DIR) : { photoFolder: DATA_DIR, url };

/** An empty place on the same engine, to restore into. */
export async function newPlace(dataDir: string): Promise<{ env: Env; drop(): Promise<void> }> {
  if (!onPostgres()) return { env: { DATA_DIR: dataDir }, drop: () => Promise.resolve() };
  const { url, drop } = await newDatabase(process.env.TEST_POSTGRES_URL ?? '', { empty: true });
  return { env: { DATA_DIR: dataDir, DATABASE_URL: url }, drop };
}
