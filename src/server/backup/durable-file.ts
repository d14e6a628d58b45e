import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncPath } from '../files/sync-path.ts';

/** A new empty file that only its owner may read: what comes into it is everything that people have told an office. */
export async function makePrivateFile(path: string): Promise<void> {
  await removeDatabase(path);
  await (await open(path, 'wx', 0o600)).close();
}

/** A database's file and what SQLite may have left beside it. */
export async function removeDatabase(path: string): Promise<void> {
  for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
}

/** Gives a file its name once it is on the disk, and resolves when the name is there too. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await syncPath(from);
  await rename(from, to);
  await syncPath(dirname(to));
}
