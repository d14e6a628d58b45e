import type { MediaType } from '../domain/photo/media.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { Receipt } from '../protocol/sync-messages.ts';

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
  /** The author put this refused or held one aside, by the phone's clock; null while it stands in the tray. */
  asideAt: number | null;
  /** The server's clock then, or at the first answer after it: its 30 days run from here. */
  asideSince?: number;
  /** The server's clock when its receipt was here: the archive's 30 days run from it. */
  settledAt: number | null;
  /** What the server said of it, where that was not that it is applied: the cache may be gone, and it must not read as delivered. */
  word?: Receipt;
}

export type NewOutboxRow = Omit<OutboxRow, 'seq' | 'asideAt' | 'settledAt' | 'word' | 'asideSince'>;

/** Why the bytes of a photo cannot go as they are; its author is told. */
export type MediaRefusal =
  | 'type'
  | 'position'
  | 'too_large'
  | 'damaged'
  | 'bad_request'
  /** The store failed over it time and again; it is still tried, for a later read may succeed. */
  | 'unreadable'
  /** The browser emptied the outbox, and the bytes went with it. */
  | 'lost';

/** A photo, a thumbnail or a voice note whose bytes lie here until the server has them whole, and a week longer [PH1, PH13]. */
export interface MediaRow {
  sha: string;
  type: MediaType;
  size: number;
  /** It goes before its photo, and is none of its own to the person who took it. */
  isThumb: boolean;
  /** The mutations that name it. */
  mids: readonly string[];
  /** The phone's clock when it was saved. */
  at: number;
  refused: MediaRefusal | null;
  /** Its author put a refused one aside: the phone's clock. */
  asideAt: number | null;
  /** The server's clock when that was first known here: its 30 days run from it [PH11]. */
  asideSince: number | null;
  /** The server's clock when it said that it has them whole; null while they wait. */
  broughtAt: number | null;
}

export interface NewMedia extends Pick<MediaRow, 'sha' | 'type' | 'isThumb' | 'mids' | 'at'> {
  /** Null where they lie here already: that these mutations name them too is all that is written. */
  bytes: ArrayBuffer | null;
}

/** The only precious store (design §5.1). Every write is strict: it resolves when it is on the disk. */
export interface OutboxStore {
  /**
   * Gives each row the next seq of its space and stores all, in one strict transaction, or none.
   * Rows whose `mid` is there already are answered as they were stored. Throws `StorageFull`.
   * Bytes that the rows name are written in the same transaction [PH6]; of none, where they are null and not here.
   */
  add(rows: readonly NewOutboxRow[], media?: readonly NewMedia[]): Promise<OutboxRow[]>;
  /** All rows in order of writing. */
  all(): Promise<OutboxRow[]>;
  putAside(mid: string, at: number, since?: number): Promise<void>;
  /**
   * Marks rows as settled at the server's time, with its word where that is not that they are applied, or, with null, as to
   * be sent again. What was settled on one day may count from its last. Nothing happens where another tab has taken a
   * client id other than this one.
   */
  settle(client: string, rows: readonly SettledRow[], at: number | null): Promise<void>;
  /**
   * Rows that are settled and older than the archive's 30 days. Of the refused ones among them the server wants no bytes:
   * they go with the last mutation that names them [PH7].
   */
  remove(mids: readonly string[], refused?: readonly string[]): Promise<void>;
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
  changeMedia(
    sha: string,
    change: Partial<Pick<MediaRow, 'refused' | 'asideAt' | 'asideSince' | 'broughtAt'>>,
  ): Promise<void>;
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

export interface SettledRow extends Pick<OutboxRow, 'mid' | 'space' | 'seq'> {
  /** Left out, the row keeps what it has; null takes it away: what was refused once was applied after all. */
  word?: Receipt | null;
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
