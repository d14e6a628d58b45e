import type { Answer } from './prepared-query.ts';
import { sqliteCode } from './sqlite-code.ts';

/** The database did not answer as it should: busy, full, gone. Never the fault of a mutation, so it is tried again. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';

  constructor(cause: unknown) {
    super('the database did not answer', { cause });
  }
}

/** Marks what a query throws, so that it is told apart from what domain code throws. */
export async function asDatabaseFault<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw toFault(error);
  }
}

/** The same of what may be answered at once. */
export function askDatabase<T>(query: () => Answer<T>): Answer<T> {
  try {
    const answer = query();
    return answer instanceof Promise ? asDatabaseFault(answer) : answer;
  } catch (error) {
    throw toFault(error);
  }
}

const toFault = (error: unknown): DatabaseFault => (error instanceof DatabaseFault ? error : new DatabaseFault(error));

/**
 * What a database says by an error:
 *
 *     lasting   it will never take this data: too big, against a constraint, of the wrong type
 *     busy      somebody else holds what we waited for, or two waited for each other
 *     disk      its disk is full, read-only, or does not take what is written
 *     gone      no line to it, or it is stopping or starting
 *     other     not ours to use, or anything else that a person has to look at
 */
export type FaultKind = 'lasting' | 'busy' | 'disk' | 'gone' | 'other';

/** SQLite's primary result codes: TOOBIG, CONSTRAINT, MISMATCH; BUSY, LOCKED; READONLY, IOERR, FULL. */
const SQLITE: ReadonlyMap<number, FaultKind> = new Map([
  [18, 'lasting'],
  [19, 'lasting'],
  [20, 'lasting'],
  [5, 'busy'],
  [6, 'busy'],
  [8, 'disk'],
  [10, 'disk'],
  [13, 'disk'],
]);

/** PostgreSQL's SQLSTATE by its beginning; the first that fits. */
const POSTGRES: readonly [string, FaultKind][] = [
  ['22', 'lasting'],
  ['23', 'lasting'],
  ['54', 'lasting'],
  ['55P03', 'busy'],
  ['40', 'busy'],
  ['53100', 'disk'],
  ['25006', 'disk'],
  ['58030', 'disk'],
  ['57014', 'busy'],
  ['08', 'gone'],
  ['57P', 'gone'],
  ['25P03', 'gone'],
];

/** Which it is; null for what did not come from a database. */
export function faultKind(error: unknown): FaultKind | null {
  const marked = error instanceof DatabaseFault;
  const cause = marked ? error.cause : error;
  if (!(cause instanceof Error)) return marked ? 'other' : null;
  const code = sqliteCode(cause);
  if (code !== null) return SQLITE.get(code) ?? 'other';
  if ('severity' in cause && 'code' in cause && typeof cause.code === 'string') {
    const state = cause.code;
    return POSTGRES.find(([start]) => state.startsWith(start))?.[1] ?? 'other';
  }
  // A connection that breaks says so in words, or by a code of the network.
  return marked ? 'gone' : null;
}

/** The database asks for patience: what was asked may be asked again as it is. */
export function isPassing(error: unknown): boolean {
  const kind = faultKind(error);
  return kind === 'busy' || kind === 'gone' || kind === 'disk' || (kind === 'other' && error instanceof DatabaseFault);
}

/**
 * Will the same thing fail again? False for a database that is busy, full or gone; true for data that it does not
 * take, and for a fault of the program.
 */
export function isLasting(error: unknown): boolean {
  const kind = faultKind(error);
  return kind === 'lasting' || kind === null;
}
