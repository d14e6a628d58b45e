import type { AllowedSpace, Cursor, Receipt, Row, SyncRequest, SyncResponse } from '../protocol/sync-messages.ts';
import type { SpaceId } from '../domain/space/space.ts';

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
}

/** The only precious store (design §5.1). Every write is strict: it resolves when it is on the disk. */
export interface OutboxStore {
  /** Gives each row the next seq of its space and stores all, in one strict transaction, or none. */
  add(rows: readonly Omit<OutboxRow, 'seq' | 'asideAt'>[]): Promise<OutboxRow[]>;
  /** All rows in order of writing. */
  all(): Promise<OutboxRow[]>;
  putAside(mid: string, at: number): Promise<void>;
  /** Rows whose mutations are settled and older than the archive's 30 days. */
  remove(mids: readonly string[]): Promise<void>;
  /** A fork or a lost prefix: a new client id, and these rows numbered from 1 in each space, in one transaction. */
  renumber(clientId: string, mids: readonly string[]): Promise<OutboxRow[]>;
  meta(): Promise<OutboxMeta>;
  putMeta(meta: Partial<OutboxMeta>): Promise<void>;
  /** Fires when another tab wrote. */
  onForeignChange(listener: () => void): () => void;
  close(): void;
}

export interface OutboxMeta {
  clientId: string;
  lastContactAt: number | null;
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
}

export interface CachePage {
  space: SpaceId;
  /** Compare-and-set: not applied unless the stored cursor still is this. */
  from: Cursor | null;
  rows: readonly Row[];
  next: CachedSpace;
  receipts: readonly Receipt[];
}

export interface CacheState {
  epoch: string | null;
  allowed: AllowedSpace[];
  member: SyncResponse['member'] | null;
  lastSyncAt: number | null;
}

export interface CachedRow extends Row {
  space: SpaceId;
}

/** Rebuildable: may be deleted at any moment and is fetched again. */
export interface CacheStore {
  state(): Promise<CacheState>;
  putState(state: CacheState): Promise<void>;
  spaces(): Promise<CachedSpace[]>;
  /** Live rows of a space, read once at start to fill the indexes. */
  rows(space: SpaceId): Promise<CachedRow[]>;
  receipts(): Promise<(Receipt & { space: SpaceId })[]>;
  /** In one transaction; false where another tab was first. */
  applyPage(page: CachePage): Promise<boolean>;
  /** Forgets a space wholly: rows, cursor, receipts stay away. */
  dropSpaces(ids: readonly SpaceId[]): Promise<void>;
  clear(): Promise<void>;
  onForeignChange(listener: (spaces: readonly SpaceId[]) => void): () => void;
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
  sync(request: SyncRequest, timeoutMs: number): Promise<SyncResponse>;
}

export interface Clock {
  now(): number;
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
