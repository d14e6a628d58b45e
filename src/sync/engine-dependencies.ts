import type { MutatorRegistry } from '../domain/mutation/mutator-registry.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { UploadHold } from './engine-api.ts';
import type { CacheStore } from './cache-port.ts';
import type { Clock, Ids, Locks } from './device-port.ts';
import type { OutboxStore } from './outbox-port.ts';
import type { PhotoTransport, SyncTransport } from './transport-port.ts';

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
  /** Left out where nobody writes a form, as in the simulation. */
  drafts?: DraftDependencies;
  /** Left out where the person may begin anywhere: nothing is shown then before all is read. */
  firstScreen?: FirstScreenDependencies;
}

/** The screen with which the application begins. */
export interface FirstScreenDependencies {
  /** Resolves when the person sees what is there so far: the rest is read behind it. */
  painted(): Promise<void>;
}

/** Forms that nobody has saved: no word of them was promised to be kept. */
export interface DraftDependencies {
  /** The session was revoked: they go, and none is kept; nothing happens where there was another sign-in since [TB2]. */
  forget(signIn: string | null): Promise<void>;
  /** The member may hold something again. */
  takeAgain(): void;
}

export interface PhotoDependencies {
  transport: PhotoTransport;
  /** Asked before each piece: why none may go now. */
  hold(): UploadHold | null;
  /** The browser lets go of all photos that it has shown; false where that has to be tried again. */
  forgetSeen(): Promise<boolean>;
}
