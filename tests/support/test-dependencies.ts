import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { mutators } from '../../src/domain/mutation/mutators.ts';
import { reactions } from '../../src/domain/mutation/reactions.ts';
import { readConfig, type Config } from '../../src/server/config.ts';
import { createDiskState } from '../../src/server/db/disk-state.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { openDatabase } from '../../src/server/db/open-database.ts';
import { openPostgres } from '../../src/server/db/open-postgres.ts';
import { probeWrite } from '../../src/server/db/probe-write.ts';
import type { Database } from '../../src/server/db/schema.ts';
import type { Dependencies, Rules } from '../../src/server/dependencies.ts';
import type { RateLimiter } from '../../src/server/http/rate-limiter.ts';
import { createMetrics } from '../../src/server/metrics/metrics.ts';
import { openPhotos } from '../../src/server/photos/open-photos.ts';
import { createPokeHub } from '../../src/server/poke/poke-hub.ts';
import { PackedPages } from '../../src/server/sync/packed-pages.ts';
import { newSqlite } from './new-sqlite.ts';
import { newDatabase } from './postgres/new-database.ts';

/** 2026-11-23 09:00 in Shanghai. */
export const START = Date.UTC(2026, 10, 23, 1);

export interface TestDependencies extends Dependencies {
  /** Where other processes find the same database; null: it is SQLite. */
  databaseUrl: string | null;
  /** Sets the clock on. */
  advance(ms: number): void;
  /** Aborts `stopping`, as the server does first when it is told to stop. */
  endStreams(): void;
  close(): Promise<void>;
}

export interface TestOptions {
  /** A SQLite file for what must outlive a restart. */
  file?: string;
  /** A PostgreSQL that is there already, with its office in it; it stays. */
  url?: string;
  epoch?: string;
  now?: () => number;
  rules?: Rules;
  config?: Partial<Config>;
  limiter?: RateLimiter;
  /** Where photos lie; left out: a folder that goes when the test does. */
  photoFolder?: string;
}

const UNLIMITED: RateLimiter = { take: () => 0 };

/** Do the tests of this run have their databases in PostgreSQL? The same files run over either engine. */
export const onPostgres = (): boolean => process.env.TEST_POSTGRES_URL !== undefined;

async function open({
  file,
  url: there,
  epoch = 'epoch-1',
}: TestOptions): Promise<{ db: Kysely<Database>; databaseUrl: string | null; drop(): Promise<void> }> {
  if (there !== undefined) {
    const db = openPostgres({ url: there, schema: 'public' });
    return { db, databaseUrl: there, drop: () => Promise.resolve() };
  }
  const cluster = process.env.TEST_POSTGRES_URL;
  if (cluster && !file) {
    const { url, drop } = await newDatabase(cluster);
    const db = openPostgres({ url, schema: 'public' });
    await db.updateTable('server').set({ epoch }).execute();
    return { db, databaseUrl: url, drop };
  }
  const db = file === undefined ? await newSqlite(epoch) : openDatabase(file);
  if (file !== undefined) await migrate(db, epoch);
  return { db, databaseUrl: null, drop: () => Promise.resolve() };
}

/** The real server's parts over a real database, with a clock, ids and tokens that a test can foresee. */
export async function createTestDependencies(options: TestOptions = {}): Promise<TestDependencies> {
  const { db, databaseUrl, drop } = await open(options);
  const stopping = new AbortController();
  let time = START;
  let count = 0;
  const now = options.now ?? (() => time);
  // Nothing is there before the first photo.
  const folder = options.photoFolder ?? join(tmpdir(), `doorstep-photos-${randomUUID()}`);
  return {
    db,
    databaseUrl,
    config: { ...readConfig({}), ...options.config },
    logger: pino({ level: 'silent' }),
    now,
    newId: () => uuidv7({ msecs: now(), seq: ++count, random: countedBytes(count) }),
    newToken: () => Buffer.from(countedBytes(++count, 32)).toString('base64url'),
    pokes: createPokeHub(),
    rules: options.rules ?? { mutators, reactions },
    limiter: options.limiter ?? UNLIMITED,
    photos: openPhotos({ dataDir: folder, photoStore: options.config?.photoStore ?? null }),
    metrics: createMetrics(db, now),
    packedPages: new PackedPages(now),
    disk: createDiskState(() => probeWrite(db), now),
    stopping: stopping.signal,
    advance(ms) {
      time += ms;
    },
    endStreams() {
      stopping.abort();
    },
    async close() {
      await db.destroy();
      await drop();
      if (options.photoFolder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bytes that differ with each count and are the same in each run. */
function countedBytes(count: number, length = 16): Uint8Array {
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(length - 4, count);
  return bytes;
}
