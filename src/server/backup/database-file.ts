import { open, rm } from 'node:fs/promises';

/** A new empty file that only its owner may read: what comes into it is everything that people have told an office. */
export async function makePrivateFile(path: string): Promise<void> {
  await removeDatabase(path);
  await (await open(path, 'wx', 0o600)).close();
}

/** A database's file and what SQLite may have left beside it. */
export async function removeDatabase(path: string): Promise<void> {
  for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
}
