import type { Migration } from 'kysely';
import { firstTables } from './0001-first-tables.ts';

/** In order of their names; a released one is never changed. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
};
