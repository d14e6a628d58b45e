import type { MediaType } from '../domain/photo/media.ts';
import type { TextResponse, TextRow } from '../protocol/sync-lines.ts';
import type { AllowedSpace, Cursor, Receipt, SyncRequest, SyncResponse } from '../protocol/sync-messages.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { FirstScreen } from './first-screen.ts';
import type { NewSegment, Segment } from './segment.ts';

/** One saved mutation as it lies in the outbox. */
export interface OutboxRow {
  mid: string;
  space: SpaceId;
  /** Contiguous a (client, space), given inside the strict transaction. */
  seq: number;
  name: string;
  v: number;
  args: unknown;
  /** The phone's clock when it was written. */
  at: number;
  /** Groups the mutations of one save; the tray and "my records" show a save as one. */
  saveId: string;
  /** What the person sees it as before the record exists, e.g. a ticket's id. */
  about: { kind: string; id: string } | null;
  /** The author put this refused or held one aside; null while it stands in the tray. */
  asideAt: number | null;
  /** The server's clock when its receipt was here: the archive's 30 days run from it. */
  settledAt: number | null;
}

export type NewOutboxRow = Omit<OutboxRow, 'seq' | 'asideAt' | 'settledAt'>;

/** Why the bytes of a photo cannot go as they are; its author is told. */
export type MediaRefusal =
  | 'type'
  | 'position'
  | 'too_large'
  | 'damaged'
  | 'bad_request'
  /** The browser emptied the outbox, and the bytes went with it. */
  | 'lost';

/** A photo, a thumbnail or a voice note whose bytes lie here until the server has them whole, and a week longer [PH1, PH13]. */
export interface MediaRow {
  sha: string;
  type: MediaType;
  size: number;
  /** The mutations that name it. */
  mids: readonly string[];
  /** The phone's clock when it was saved. */
  at: number;
  refused: MediaRefusal | null;
  /** Its author put a refused one aside. */
  asideAt: number | null;
  /** The server's clock when it said that it has them whole; null while they wait. */
  broughtAt: number | null;
}

export interface NewMedia extends Pick<MediaRow, 'sha' | 'type' | 'mids' | 'at'> {
  bytes: ArrayBuffer;
}

/** The only precious store (design §5.1). Every write is strict: it resolves when it is on the disk. */
export interface OutboxStore {
  /**
   * Gives each row the next seq of its space and stores all, in one strict transaction, or none.
   * Rows whose `mid` is there already are answered as they were stored. Throws `StorageFull`.
   * Bytes that the rows name are written in the same transaction [PH6].
   */
  add(rows: readonly NewOutboxRow[], media?: readonly NewMedia[]): Promise<OutboxRow[]>;
  /** All rows in order of writing. */
  all(): Promise<OutboxRow[]>;
  putAside(mid: string, at: number): Promise<void>;
  /**
   * Marks rows as settled at the server's time, or, with null, as to be sent again. What was settled on one day may
   * count from its last. Nothing happens where another tab has taken a client id other than this one.
   */
  settle(client: string, rows: readonly Pick<OutboxRow, 'mid' | 'space' | 'seq'>[], at: number | null): Promise<void>;
  /** Rows that are settled and older than the archive's 30 days. */
  remove(mids: readonly string[]): Promise<void>;
  /**
   * A fork or a lost prefix: a new client id, and every row numbered from 1 in its space and unsettled,
   * in one transaction.
   */
  renumber(clientId: string): Promise<OutboxRow[]>;
  /**
   * The browser emptied it: rows that are missing come back in their order, before what was written since, and all is
   * numbered as by `renumber`, in one transaction. Of media that is missing only that it is lost is noted: its bytes are
   * nowhere. What was left out stays so unless that was chosen since. False where nothing was missing.
   */
  bringBack(clientId: string, lost: LostOutbox): Promise<boolean>;
  /** Whose bytes lie here; without the bytes. */
  media(): Promise<MediaRow[]>;
  mediaBytes(sha: string): Promise<ArrayBuffer | null>;
  changeMedia(sha: string, change: Partial<Pick<MediaRow, 'refused' | 'asideAt' | 'broughtAt'>>): Promise<void>;
  /** Forgets bytes, unless a mutation beyond these has come to need them meanwhile. */
  removeMedia(sha: string, mids: readonly string[]): Promise<void>;
  /** The same, unless it has come to wait again meanwhile. */
  removeBrought(sha: string, mids: readonly string[]): Promise<void>;
  meta(): Promise<OutboxMeta>;
  putMeta(meta: Partial<Pick<OutboxMeta, 'lastContactAt' | 'leftOut' | 'signIn'>>): Promise<void>;
  /** Fires when another tab wrote, and when the browser has taken the database away: it may have emptied it. */
  onForeignChange(listener: () => void): () => void;
  close(): void;
}

/** What a page knows of an outbox that was emptied under it. */
export interface LostOutbox extends Pick<OutboxMeta, 'clientId' | 'lastContactAt' | 'leftOut'> {
  /** In order of writing. */
  rows: readonly NewOutboxRow[];
  media: readonly MediaRow[];
}

export interface OutboxMeta {
  /** Made by the store when it is new: an outbox that was wiped is another client. */
  clientId: string;
  /** The one that it had when it was made: another one here, and the browser has emptied it meanwhile. */
  bornAs: string;
  /** The id before it, where the store is not new: what waited under that one waits under this. */
  formerId: string | null;
  /** The phone's clock at the last answer after which nothing older waited. */
  lastContactAt: number | null;
  /** Communities of which this device carries nothing. */
  leftOut: readonly string[];
  /** Another one with each sign-in: what was asked before was said to another session. Null before the first. */
  signIn: string | null;
  /** The last seq that was given in each space. */
  seqs: Readonly<Record<SpaceId, number>>;
}

/** The device has no room left; nothing was written. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}

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

/** A page as it came. Where there are many like it its rows are made while other things go on, and `rows` has none. */
export type AnswerPage = TextResponse['pages'][number] & { many?: { count: number; made: Promise<PageRows> } };
export type Answer = Omit<TextResponse, 'pages'> & { pages: AnswerPage[] };

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

/** Why no answer came. Nothing is deleted for any of them. */
export type TransportFault =
  | 'offline' // no answer at all
  | 'unauthenticated' // 401: pause, ask to sign in
  | 'too_large' // 413: halve
  | 'rate_limited' // 429: wait
  | 'not_doorstep' // an answer that is not ours: a captive portal's page, a proxy's
  | 'refused' // 4xx of ours: a fault in the program
  | 'server'; // 5xx

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly fault: TransportFault;
  readonly retryAfterMs: number | null;

  constructor(fault: TransportFault, retryAfterMs: number | null = null) {
    super(fault);
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface SyncTransport {
  /** Throws TransportError; gives up as `offline` after `timeoutMs`. */
  sync(request: SyncRequest, timeoutMs: number): Promise<Answer>;
}

/** What came of one request about bytes. Nothing is deleted for any of them but `complete`. */
export type PhotoAnswer =
  | { type: 'standing'; offset: number; complete: boolean }
  /** Nothing of it is there. */
  | { type: 'none' }
  /** 409: they end elsewhere. */
  | { type: 'mismatch'; offset: number }
  /** 422: all came and had another hash. */
  | { type: 'broken' }
  | { type: 'refused'; reason: MediaRefusal }
  | { type: 'fault'; fault: TransportFault; retryAfterMs: number | null };

export interface PhotoPiece {
  sha: string;
  type: MediaType;
  /** How many bytes there are in all, and where these begin. */
  length: number;
  offset: number;
  bytes: ArrayBuffer;
}

/** Never throws for what the network does. */
export interface PhotoTransport {
  head(sha: string, timeoutMs: number): Promise<PhotoAnswer>;
  patch(piece: PhotoPiece, timeoutMs: number): Promise<PhotoAnswer>;
}

export interface Clock {
  now(): number;
  /** Milliseconds since some moment: what passes between two of them has passed, whatever is done to the clock. */
  ticks(): number;
  /** Calls back after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

export interface Ids {
  /** UUIDv7 for records, of the clock's now. */
  record(): string;
  /** Random, 128 bits. */
  mutation(): string;
  /** 0 ≤ n < 1, for jitter. */
  random(): number;
}

export interface Locks {
  /** Runs alone among the tabs; resolves undefined at once where another holds it. */
  ifFree<T>(name: string, run: () => Promise<T>): Promise<T | undefined>;
}
