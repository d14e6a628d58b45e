import type { SpaceId } from '../domain/space/space.ts';
import type { TextRow } from '../protocol/sync-lines.ts';
import type { AllowedSpace, Cursor, Receipt, SyncResponse } from '../protocol/sync-messages.ts';
import type { FirstScreen } from './first-screen.ts';
import type { NewSegment, Segment } from './segment.ts';

/** What the cache knows of one space. */
export interface CachedSpace {
  id: SpaceId;
  cursor: Cursor | null;
  upTo: number | null;
  /** Every row up to the cursor's version is here. */
  done: boolean;
  /** Mutations up to this seq are in the confirmed rows. */
  appliedSeq: number;
  /** Greatest `ver` of a receipt that is here. */
  receiptsAfter: number;
  digest: string;
  /** Where only the server's word comes and no rows: of which run of the server that word was. [RS6] */
  heard?: Cursor | null;
}

/** A row with what its content adds to the digest, reckoned once when it came: reading 100,000 again stays cheap. */
export interface StoredRow extends TextRow {
  /** `contentHash` of its data's text; missing in a tombstone and in what an older build stored. */
  h?: number;
}

/** The live rows of a space, as they lie in the store. */
export interface LoadedRows {
  /** Most of a large space, without what they say. */
  segments: readonly Segment[];
  /** The others, whole; beside segments the tombstones are among them, and of two of one id the later version counts. */
  rows: readonly StoredRow[];
  /** How many rows lie there, those that were replaced among them. */
  stored: number;
}

/** Where the store has what one row says: which segment, and its number there. */
export interface BodyPlace {
  n: number;
  row: number;
}

/** Lines of some neighbours, as they lie in the store: text, or deflated as they came. */
export type Piece = { lines: Uint8Array<ArrayBuffer> } | { packed: Uint8Array<ArrayBuffer> };

/** Live rows of one kind, with the columns by which they are found. */
export interface MadeSegment {
  segment: NewSegment;
  pieces: readonly Piece[];
  /** All of them, whole. */
  rows(): Promise<readonly StoredRow[]>;
}

/** Rows of a page that is one of many: those that are in segments, and the others. */
export interface PageRows {
  rows: readonly StoredRow[];
  segments: readonly MadeSegment[];
}

export interface CachePage {
  space: SpaceId;
  /** Compare-and-set: not applied unless the stored cursor still is this. */
  from: Cursor | null;
  /**
   * As well: unless the stored `receiptsAfter` still is this, 0 where the space is not here. Who has not heard that another
   * tab has let go of the receipts would have the next one think that they are here.
   */
  receiptsFrom: number;
  rows: readonly StoredRow[];
  /** Its other rows, where some of them were made into segments on their way. */
  segments?: readonly MadeSegment[];
  next: CachedSpace;
  receipts: readonly Receipt[];
}

export interface CacheState {
  /** The outbox's client id to which `appliedSeq` and receipts belong; a cache of another one begins anew. */
  client: string | null;
  epoch: string | null;
  allowed: AllowedSpace[];
  member: SyncResponse['member'] | null;
  lastSyncAt: number | null;
  /** A space went, and the browser still keeps photos of it that it has shown. */
  keepsSeen?: boolean;
}

/** What another tab wrote: a page to be taken over as it is, or what is to be read again. */
export type ForeignCacheChange =
  | { type: 'page'; page: CachePage; segments: readonly Segment[] }
  | { type: 'spaces'; spaces: readonly SpaceId[] }
  | { type: 'state' }
  | { type: 'all' };

/** Rebuildable: may be deleted at any moment and is fetched again. */
export interface CacheStore {
  state(): Promise<CacheState>;
  putState(state: CacheState): Promise<void>;
  spaces(): Promise<CachedSpace[]>;
  /** What a space has, read at start to fill the indexes. */
  rows(space: SpaceId): Promise<LoadedRows>;
  /** What rows of segments say; undefined where another tab has written them elsewhere, or they are gone. */
  bodies(places: readonly BodyPlace[]): Promise<(StoredRow | undefined)[]>;
  /** Lets go of what later rows have replaced: its readers find the same. */
  tidy(space: SpaceId): Promise<void>;
  receipts(): Promise<(Receipt & { space: SpaceId })[]>;
  /** What the screen began with, as it was last kept; null where nothing is. */
  firstScreen(): Promise<FirstScreen | null>;
  /** Keeps it, unless the spaces are not these any more. */
  keepFirstScreen(screen: FirstScreen, spaces: readonly CachedSpace[]): Promise<void>;
  /** In one transaction; null where another tab was first. Answers which of its rows lie in segments. */
  applyPage(page: CachePage): Promise<{ segments: readonly Segment[] } | null>;
  /** Forgets a space wholly: rows, cursor, receipts stay away, and what a screen showed of it. */
  dropSpaces(ids: readonly SpaceId[]): Promise<void>;
  /** Receipts of mutations that the archive let go of. */
  dropReceipts(mids: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  onForeignChange(listener: (change: ForeignCacheChange) => void): () => void;
  close(): void;
}
