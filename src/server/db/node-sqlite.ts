import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { TurnSnapshot } from './turn-snapshot.ts';

/** Statements are compiled once and kept; bulk writes make some dozens of shapes. */
const MAX_STATEMENTS = 400;

/** Pages that are kept in memory: with SQLite's own 2 MB many are read again, and each commit looks through what is kept. */
const CACHE_KIB = 8 * 1024;

/** What Kysely's driver asks for, and what a prepared query needs to ask past it. */
export interface NodeSqlite extends SqliteDatabase {
  /** Somebody has a transaction open on the connection. */
  readonly inTransaction: boolean;
  /** Kept, and to be asked by whoever holds to `TurnSnapshot`. */
  prepareRaw(sql: string): SqliteStatement;
  readonly snapshot: TurnSnapshot;
}

/** `node:sqlite` in the shape that Kysely's SQLite driver asks for. */
export function openNodeSqlite(file: string, { readOnly = false } = {}): NodeSqlite {
  const db = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true, readOnly });
  try {
    if (!readOnly) db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 10000');
    db.exec(`pragma cache_size = -${CACHE_KIB}`);
  } catch (error) {
    db.close();
    throw error;
  }
  const statements = new Map<string, SqliteStatement>();
  const snapshot = new TurnSnapshot(db);
  const prepareRaw = (sql: string): SqliteStatement => {
    const known = statements.get(sql);
    if (known) return known;
    const made = toStatement(db.prepare(sql));
    const oldest = statements.keys().next();
    if (statements.size >= MAX_STATEMENTS && !oldest.done) statements.delete(oldest.value);
    statements.set(sql, made);
    return made;
  };
  return {
    get inTransaction() {
      return db.isTransaction && !snapshot.isOpen;
    },
    snapshot,
    prepareRaw,
    // Kysely asks what it has prepared in the same breath.
    prepare(sql) {
      snapshot.end();
      return prepareRaw(sql);
    },
    close() {
      snapshot.end();
      statements.clear();
      db.close();
    },
  };
}

/** The rows come as lists, for the objects that SQLite's binding makes of them are slow to make and slow to read. */
function toStatement(statement: StatementSync): SqliteStatement {
  const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  let names = columnsOf(statement);
  const toRow = (values: readonly unknown[]): Record<string, unknown> => {
    // The same `select *` after a migration: SQLite compiles it again by itself.
    if (values.length !== names.length) names = columnsOf(statement);
    const row: Record<string, unknown> = {};
    for (let n = 0; n < names.length; n++) row[names[n]!] = values[n];
    return row;
  };
  statement.setReturnArrays(true);
  return {
    reader: names.length > 0,
    all: (parameters) => (statement.all(...bind(parameters)) as unknown as unknown[][]).map(toRow),
    run: (parameters) => statement.run(...bind(parameters)),
    *iterate(parameters) {
      for (const values of statement.iterate(...bind(parameters))) yield toRow(values as unknown as unknown[]);
    },
  };
}

const columnsOf = (statement: StatementSync): string[] => statement.columns().map(({ name }) => name);
