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
