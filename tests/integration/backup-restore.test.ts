import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/server/db/open-database.ts';
import { officeWorld } from '../support/account-world.ts';
import { accountsLine, readStory, tellRestoreStory } from '../support/restore-story.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-restore-'));
afterAll(() => rm(folder, { recursive: true }));

test('RS1, RS2: what came after a backup that was taken under load comes back from the phones, to the last mid', async () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  await mkdir(before);
  const file = join(before, 'doorstep.sqlite');
  const world = await officeWorld({ file, photoFolder: before, now: () => Date.now() });
  const { accounts, epochs } = await tellRestoreStory({
    world,
    before: { DATA_DIR: before },
    after: { DATA_DIR: after },
    backups: join(folder, 'backups'),
    destroy: () => rm(before, { recursive: true }),
    readAfter: () => readStory(openDatabase(join(after, 'doorstep.sqlite'), { readOnly: true })),
  });
  console.log(`SQLite: ${accountsLine(accounts)}`);

  expect(accounts).toMatchObject({ lost: 0, doubled: 0, total: accounts.written });
  expect(accounts.inBackup + accounts.broughtBack).toBe(accounts.written);
  expect(accounts.inBackup).toBeGreaterThan(10);
  expect(accounts.broughtBack).toBeGreaterThan(80);
  expect(epochs[1]).not.toBe(epochs[0]);
}, 120_000);
