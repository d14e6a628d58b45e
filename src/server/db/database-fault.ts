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
    throw new DatabaseFault(error);
  }
}

/** Another process holds the database longer than we wait: SQLite's word for it. */
export const isBusy = (error: unknown): boolean => error instanceof Error && /database is locked/.test(error.message);

/** What SQLite says of data that it will never take: too big, against a constraint, of the wrong type. */
const LASTING: readonly number[] = [18, 19, 20];

/**
 * Will the same thing fail again? False for a database that is busy, full or gone; true for data that it does not
 * take, and for a fault of the program.
 */
export function isLasting(error: unknown): boolean {
  const cause = error instanceof DatabaseFault ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  if ('errcode' in cause && typeof cause.errcode === 'number') return LASTING.includes(cause.errcode & 0xff);
  return !(error instanceof DatabaseFault);
}
