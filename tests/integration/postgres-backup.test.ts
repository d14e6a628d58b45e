import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/server/db/open-database.ts';
import { openPostgres } from '../../src/server/db/open-postgres.ts';
import { officeWorld } from '../support/account-world.ts';
import { newDatabase } from '../support/postgres/new-database.ts';
import { runProgram } from '../support/program.ts';
import { accountsLine, readStory, tellRestoreStory } from '../support/restore-story.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-postgres-restore-'));
afterAll(() => rm(folder, { recursive: true }));

test('RS1, RS2: over PostgreSQL the accounts balance as well, and its backup restores into SQLite too', async () => {
  const [before, after, other] = ['before', 'after', 'other'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const backups = join(folder, 'backups');
  await mkdir(before);
  const world = await officeWorld({ photoFolder: before, now: () => Date.now() });
  const place = await newDatabase(process.env.TEST_POSTGRES_URL ?? '', { empty: true });
  try {
    const { accounts, epochs } = await tellRestoreStory({
      world,
      before: { DATA_DIR: before, DATABASE_URL: world.deps.databaseUrl ?? '' },
      after: { DATA_DIR: after, DATABASE_URL: place.url },
      backups,
      async destroy() {
        await rm(before, { recursive: true });
        await world.deps.close();
      },
      readAfter: () => readStory(openPostgres({ url: place.url, schema: 'public' })),
    });
    console.log(`PostgreSQL: ${accountsLine(accounts)}`);

    expect(accounts).toMatchObject({ lost: 0, doubled: 0, total: accounts.written });
    expect(accounts.inBackup + accounts.broughtBack).toBe(accounts.written);
    expect(accounts.inBackup).toBeGreaterThan(10);
    expect(accounts.broughtBack).toBeGreaterThan(80);
    expect(epochs[1]).not.toBe(epochs[0]);

    const again = await runProgram('scripts/restore.ts', [join(backups, 'night.sqlite')], {
      DATA_DIR: after,
      DATABASE_URL: place.url,
    });
    expect(again.code).toBe(1);
    expect(again.output).toMatch(/^There is an office in this PostgreSQL already, and it stays as it is/);

    // The other way round: what PostgreSQL holds now, into a file, and all of it.
    const file = join(backups, 'moved.sqlite');
    const env = { DATA_DIR: after, DATABASE_URL: place.url };
    expect(await runProgram('scripts/backup.ts', [file], env)).toMatchObject({ code: 0 });
    expect(await runProgram('scripts/restore.ts', [file], { DATA_DIR: other })).toMatchObject({ code: 0 });
    const moved = await readStory(openDatabase(join(other, 'doorstep.sqlite'), { readOnly: true }));
    const stood = await readStory(openPostgres({ url: place.url, schema: 'public' }));
    expect(moved.timelines).toEqual(stood.timelines);
    expect(new Set(moved.receipts.map(({ mid }) => mid))).toEqual(new Set(stood.receipts.map(({ mid }) => mid)));
  } finally {
    await place.drop();
  }
}, 180_000);
