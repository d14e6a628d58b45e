import { Kysely } from 'kysely';
import { openNodeSqlite } from './node-sqlite.ts';
import type { Database } from './schema.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';

/** Opens the one file of a deployment, or `:memory:` for a test. Call `migrate` before use and `destroy` at the end. */
export const openDatabase = (file: string, options: { readOnly?: boolean } = {}): Kysely<Database> =>
  new Kysely<Database>({ dialect: new ImmediateSqliteDialect(openNodeSqlite(file, options)) });
