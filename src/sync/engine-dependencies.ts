import type { MutatorRegistry } from '../domain/mutation/mutator-registry.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { UploadHold } from './engine-api.ts';
import type { CacheStore, Clock, Ids, Locks, OutboxStore, PhotoTransport, SyncTransport } from './ports.ts';

/** Everything that the engine touches of the world outside. */
export interface EngineDependencies {
  memberId: string;
  /** Name of this build, for the coordinator's list of devices. */
  build: string;
  outbox: OutboxStore;
  cache: CacheStore;
  transport: SyncTransport;
  clock: Clock;
  ids: Ids;
  locks: Locks;
  mutators: MutatorRegistry;
  indexes: IndexRegistry;
  /** Left out, photos stay on the phone. */
  photos?: PhotoDependencies;
}

export interface PhotoDependencies {
  transport: PhotoTransport;
  /** Asked before each piece: why none may go now. */
  hold(): UploadHold | null;
}
