import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { MutatorRegistry } from '../domain/mutation/mutator-registry.ts';
import type { Reaction } from '../domain/mutation/reaction.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { Config } from './config.ts';
import type { DiskState } from './db/disk-state.ts';
import type { Database } from './db/schema.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Photos } from './photos/photos.ts';
import type { RateLimiter } from './http/rate-limiter.ts';
import type { PackedPages } from './sync/packed-pages.ts';

/** What every part of the server is given; `main.ts` makes the real ones, tests make their own. */
export interface Dependencies {
  db: Kysely<Database>;
  config: Config;
  logger: Logger;
  /** Milliseconds. The only clock of the server. */
  now(): number;
  /** UUIDv7 of the clock's now. */
  newId(): string;
  /** 32 random bytes as base64url: tokens. */
  newToken(): string;
  pokes: PokeHub;
  /** What mutations there are and what follows from them. */
  rules: Rules;
  limiter: RateLimiter;
  photos: Photos;
  metrics: Metrics;
  packedPages: PackedPages;
  disk: DiskState;
  /** Aborted when the server begins to stop: open streams end then. */
  stopping: AbortSignal;
}

export interface Rules {
  mutators: MutatorRegistry;
  reactions: readonly Reaction[];
}

/** Tells open streams that a space has moved; called after commit only. */
export interface PokeHub {
  publish(space: SpaceId, ver: number): void;
  subscribe(listener: (space: SpaceId, ver: number) => void): () => void;
}
