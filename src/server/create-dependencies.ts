import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { mutators } from '../domain/mutation/mutators.ts';
import { reactions } from '../domain/mutation/reactions.ts';
import type { Config } from './config.ts';
import { createDiskState } from './db/disk-state.ts';
import { probeWrite } from './db/probe-write.ts';
import type { Database } from './db/schema.ts';
import type { Dependencies, PokeHub } from './dependencies.ts';
import { createRateLimiter } from './http/rate-limiter.ts';
import { createMetrics } from './metrics/metrics.ts';
import { openPhotos } from './photos/open-photos.ts';
import { createPokeHub } from './poke/poke-hub.ts';
import { PackedPages } from './sync/packed-pages.ts';

/** The real clock, ids and rules around a database. */
export function createDependencies(
  db: Kysely<Database>,
  config: Config,
  logger: Logger,
  stopping: AbortSignal,
  pokes: PokeHub = createPokeHub(),
): Dependencies {
  const now = () => Date.now();
  return {
    db,
    config,
    logger,
    now,
    newId: () => uuidv7(),
    newToken: () => randomBytes(32).toString('base64url'),
    pokes,
    rules: { mutators, reactions },
    limiter: createRateLimiter(now),
    photos: openPhotos(config),
    metrics: createMetrics(db, now),
    packedPages: new PackedPages(now),
    disk: createDiskState(() => probeWrite(db), now),
    stopping,
  };
}
