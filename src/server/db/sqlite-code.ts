/** SQLite's primary result code, whatever the extended one adds to it; null for what SQLite did not throw. */
export const sqliteCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
