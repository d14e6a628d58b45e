import type { Actor } from '../domain/actor/actor.ts';
import type { MutationDraft } from '../domain/mutation/mutator.ts';
import type { IndexName } from '../domain/record/indexes.ts';
import type { DomainRecord, Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { RescueBody } from '../protocol/rescue-file.ts';
import type { Receipt } from '../protocol/sync-messages.ts';
import type { HeldDecision } from './held-decision.ts';
import type { MediaRow, NewMedia, OutboxRow } from './outbox-port.ts';
import type { TroubleFault } from './trouble.ts';

/** Where a save stands: 已存本机 · 上传中 · 已送达 · 需处理 */
export type SaveState = 'saved' | 'sending' | 'delivered' | 'attention';

/** A record as the view shows it: confirmed rows folded with what is pending. */
export type ViewRecord<K extends Kind = Kind> = DomainRecord<K> & {
  /** True while a mutation that touched it has not come back confirmed. */
  pending: boolean;
};

/** A list in the order of an index (`domain/<kind>/…-indexes.ts`). */
export interface ViewQuery<K extends Kind = Kind> {
  /** One space, or several whose lists are merged. */
  space: SpaceId | readonly SpaceId[];
  kind: K;
  /** Name of the index; each kind has `all`. */
  index: IndexName<K>;
  /** Equal in the index's key; left out: all keys. */
  key?: string;
  order?: 'asc' | 'desc';
  /** Goes on behind this record. */
  after?: { sort: string | number; id: string };
  limit?: number;
}

export type CountQuery<K extends Kind = Kind> = Omit<ViewQuery<K>, 'after' | 'limit' | 'order'>;

/**
 * Of a small space everything is here. Of a large one it is known at once what there is, in which order and how many;
 * what a record says may have to be read first. It is left out until then, and told as a change when it is here.
 */
export interface View {
  /** Whether it is here, though it may have to be read. */
  has(space: SpaceId, kind: Kind, id: string): boolean;
  get<K extends Kind>(space: SpaceId, kind: K, id: string): ViewRecord<K> | undefined;
  list<K extends Kind>(query: ViewQuery<K>): ViewRecord<K>[];
  count<K extends Kind>(query: CountQuery<K>): number;
  /** What `ask` reads now; not whole where something has to be read first. */
  read<T>(ask: () => T): { value: T; isWhole: boolean };
  /** What `ask` reads once nothing has to be read any more: for whoever decides by it. */
  whole<T>(ask: () => T): Promise<T>;
  /** Tells after each change which spaces moved. */
  onChange(listener: (spaces: ReadonlySet<SpaceId>) => void): () => void;
}

export type SyncPhase =
  | 'idle'
  | 'syncing'
  | 'offline' // waiting to try again
  | 'signedOut' // paused until the member signs in again
  | 'otherMember' // the browser's session is of someone else: paused
  | 'revoked'; // may only hand in

export interface SyncStatus {
  phase: SyncPhase;
  /** Mutations that the server has not settled. */
  waiting: number;
  /** Refused, held or in conflict and not put aside. */
  attention: number;
  /** The phone's clock at the last whole sync; null before the first. */
  lastSyncAt: number | null;
  /** Rows received in a first sync that is under way; null else. */
  firstSync: { rows: number } | null;
  /** Unknown fault of the last pass, for the person who reports it. */
  lastFault: string | null;
  /** Photos and voice notes that are not whole on the server yet; left out where there are none. */
  media?: MediaStatus;
  /** The disk has no room for what the server has; what was written here goes out all the same. */
  noRoom?: true;
}

/** The person paused it, or it waits for Wi-Fi. */
export type UploadHold = 'paused' | 'wifi';

export interface MediaStatus {
  /** Photos and voice notes; a thumbnail is part of its photo and counts in bytes alone. */
  waiting: number;
  /** Of these, voice notes. */
  sounds: number;
  bytes: number;
  sent: number;
  hold: UploadHold | null;
}

/** 已存本机 · 上传中 · 需处理; `withRecord`: it goes when its record, which was refused, is sent again. */
export interface WaitingMedia {
  row: MediaRow;
  state: 'saved' | 'sending' | 'attention' | 'withRecord';
  /** Bytes that the server has, as far as we were told. */
  sent: number;
}

/** The bytes that lie on this phone. */
export interface MediaQueue {
  /** What waits, or was refused. */
  list(): readonly WaitingMedia[];
  /** These, and what the server has and is kept all the same [PH13]. */
  all(): readonly MediaRow[];
  /** Null where they are not here any more: the server has them. */
  bytes(sha: string): Promise<ArrayBuffer | null>;
  /** Brings what may go now; resolves when that pass has ended. */
  uploadNow(): Promise<void>;
  /** Sends a refused one once more. */
  retry(sha: string): Promise<void>;
  putAside(sha: string): Promise<void>;
}

/** One row of "my records" and of the tray, drawn from the outbox alone. */
export interface Waiting {
  row: OutboxRow;
  state: SaveState;
  receipt: Receipt | null;
  /** What became of it, where it was held and a coordinator has decided. */
  decision?: HeldDecision | null;
  /** Why neither it nor its being held gets through, though other spaces' mutations do; it goes on trying. */
  stuck?: TroubleFault | null;
}

export interface SaveRequest extends MutationDraft {
  about?: { kind: string; id: string } | null;
  /** Bytes that its args name: they are written in the same transaction. */
  media?: readonly MediaBytes[];
}

export type MediaBytes = Pick<NewMedia, 'sha' | 'type'> & { bytes: ArrayBuffer };

export interface SyncEngine {
  /** Where a first screen was kept it is all that there is to see until `opened`, and is what will be seen then. */
  readonly view: View;
  /** Resolves when all is read; what was saved or asked for meanwhile waits for it by itself. */
  opened(): Promise<void>;
  /** The person goes on to another screen: resolves when all is read that it may show. */
  leaveFirstScreen(): Promise<void>;
  readonly media: MediaQueue;
  actor(): Actor;
  /** Spaces that this member may hold, as last told. */
  allowed(): readonly SpaceId[];
  /**
   * Writes the mutations in one strict transaction and resolves when they are on the disk.
   * Rejects with a `Refusal` where the phone itself can tell that one would be refused; nothing is written then.
   */
  save(requests: readonly SaveRequest[]): Promise<OutboxRow[]>;
  /** Takes in what another phone of this member, or this one before a wipe, wrote to a file: under the same mids [RF2]. */
  recover(body: RescueBody): Promise<OutboxRow[]>;
  /** Communities of which this device carries nothing; what is written there goes its way all the same. */
  leftOut(): readonly string[];
  leaveOut(communities: readonly string[]): Promise<void>;
  /** Everything that was saved here and not yet archived, newest first. */
  waiting(): readonly Waiting[];
  putAside(mid: string): Promise<void>;
  /** Sends what was refused once more, to be held for a coordinator; the refused one is then put aside [RC6]. */
  handOver(mid: string): Promise<void>;
  status(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** The server said so in its last answer, whatever has come of passes since. */
  isRevoked(): boolean;
  /** Starts a pass now; resolves when it has ended, however it ended. */
  syncNow(): Promise<void>;
  /** The same, after a sign-in: what a request of before still hears was said to another session, and changes nothing. */
  signedIn(): Promise<void>;
  /** A poke said that a space has moved. */
  poked(space: SpaceId, ver: number): void;
  /** Begins passes on timers; the host calls syncNow on online, visible and start. */
  start(): void;
  stop(): Promise<void>;
}
