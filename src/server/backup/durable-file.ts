import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

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
  await sync(from);
  await rename(from, to);
  await sync(dirname(to));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
