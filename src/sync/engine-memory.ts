import type { SpaceId } from '../domain/space/space.ts';
import type { Receipt } from '../protocol/sync-messages.ts';
import { SpaceBase } from './base.ts';
import { Bodies } from './bodies.ts';
import { isMadeAnew } from './bring-back.ts';
import { carriedSpaces, mayShow } from './carried-spaces.ts';
import { emptySpace, emptyState } from './empty-cache.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import type { FirstScreen } from './first-screen.ts';
import { foldRow } from './fold.ts';
import { isHandedOver } from './hand-over.ts';
import { isBrought } from './kept-media.ts';
import { newMediaUnderWay } from './media-under-way.ts';
import { Overlay } from './overlay.ts';
import type { Write } from './overlay.ts';
import type { CachedSpace, CachePage, CacheState } from './cache-port.ts';
import type { MediaRow, OutboxMeta, OutboxRow } from './outbox-port.ts';
import { isOutboxPutBack, raisedSeqs, readOutboxRows } from './read-outbox.ts';
import { readAllSpaces, readHeads } from './read-spaces.ts';
import { dropUncarried } from './repair.ts';
import { sameCursor } from './same-cursor.ts';
import type { CheckedSave } from './save-check.ts';
import type { Segment } from './segment.ts';
import { SpaceTurns } from './space-turns.ts';
import type { Trouble } from './trouble.ts';

/** A page that is in the store, and which of its rows lie in segments. */
export interface StoredPage {
  page: CachePage;
  segments: readonly Segment[];
}

/** What the stores hold, as this tab last read it; every answer to the screen comes from here. */
export class EngineMemory {
  meta: OutboxMeta = {
    clientId: '',
    bornAs: '',
    formerId: null,
    lastContactAt: null,
    leftOut: [],
    signIn: null,
    seqs: {},
  };
  /** In order of writing. */
  rows: OutboxRow[] = [];
  /** Photos and voice notes that the server has not, or refused. */
  media: MediaRow[] = [];
  /** Those that it has, and that are kept for a while [PH13]. */
  brought: MediaRow[] = [];
  readonly mediaUnderWay = newMediaUnderWay();
  state: CacheState = emptyState(null);
  /** What the last answer said of roles and spaces is on the disk, and not here alone. */
  isStateKept = true;
  readonly spaces = new Map<SpaceId, CachedSpace>();
  readonly bases = new Map<SpaceId, SpaceBase>();
  /** Forgotten here, and maybe still in the cache, which failed over it. */
  readonly undropped = new Set<SpaceId>();
  readonly turns = new SpaceTurns();
  /** Moves on with each change of the outbox: who reads it meanwhile reads once more. */
  outboxTurn = 0;
  /** A save failed in it, and may have been written all the same. */
  isOutboxUnsure = false;
  /** Spaces whose rows found no room on the disk, and the ticks at which that was. */
  readonly noRoomFor = new Map<SpaceId, number>();
  /** By mid. */
  readonly receipts = new Map<string, Receipt & { space: SpaceId }>();
  private made: Overlay;
  /** What lies under it, or waits, is not what it was made over. */
  private isStale = false;
  /** What the screen showed last, until the spaces have been read for the first time. */
  first: FirstScreen | null = null;
  /** Mutations that the server does not settle though it settles others, by mid. */
  readonly troubles = new Map<string, Trouble>();
  /** Mutations that are on their way in a request. */
  inFlight: ReadonlySet<string> = new Set();
  /** The server's clock at its last answer. */
  serverTime: number | null = null;
  /** It said then that this session is revoked. */
  revoked = false;
  /** A mutator that failed otherwise than by a refusal, for the person who reports it. */
  foldFault: string | null = null;
  /** What a fold needed was not here: it is made anew when that was read. */
  foldMissed = false;
  /** A listener that failed, for the same. */
  listenerFault: string | null = null;
  /** What records of large spaces say. */
  readonly bodies: Bodies;
  readonly deps: EngineDependencies;

  constructor(deps: EngineDependencies) {
    this.deps = deps;
    this.bodies = new Bodies(deps.cache, deps.clock);
    this.made = new Overlay(deps.indexes);
  }

  /** Reads everything. A cache that belongs to another client id than the outbox's begins anew [VW7]. */
  async load(): Promise<void> {
    const { clientId } = this.meta;
    await readOutboxRows(this);
    // What was settled was settled under another one.
    if (this.meta.clientId !== clientId) this.forgetSpaces();
    this.state = await this.deps.cache.state();
    if (this.state.client !== this.meta.clientId) await this.beginCacheAnew();
    await readAllSpaces(this);
    if (await isOutboxPutBack(this)) await this.beginCacheAnew();
    // Where it fails, nothing of it shows, and the next that is dropped takes it along.
    await dropUncarried(this).catch(() => undefined);
    this.first = null;
  }

  private async beginCacheAnew(): Promise<void> {
    const { keepsSeen } = this.state;
    await this.deps.cache.clear();
    this.forgetAll();
    // The browser keeps its photos whatever becomes of the cache.
    this.state = { ...this.state, ...(keepsSeen === true && { keepsSeen }) };
    await this.deps.cache.putState(this.state);
  }

  /** Reads all but the rows of spaces; false where the cache belongs to another client id, or to none yet. */
  async loadHeads(): Promise<boolean> {
    await readOutboxRows(this);
    this.state = await this.deps.cache.state();
    if (this.state.client !== this.meta.clientId) return false;
    await readHeads(this);
    return true;
  }

  /** Reads the outbox; everything where another tab has taken another client id, under which nothing is settled yet [FK2]. */
  async readOutbox(): Promise<void> {
    const { clientId } = this.meta;
    await readOutboxRows(this);
    if (clientId !== '' && this.meta.clientId !== clientId) await this.load();
  }

  /** Takes over what was read of the outbox. */
  takeOutbox({ seqs, ...meta }: OutboxMeta, rows: OutboxRow[], media: readonly MediaRow[]): void {
    this.rows = rows;
    this.isOutboxUnsure = false;
    this.isStale = true;
    this.takeMedia(media);
    // Another tab may have written in between: a seq that is sent and not known to be given would look like a fork's.
    this.meta = { ...meta, seqs: raisedSeqs(seqs, rows) };
  }

  /** What was read of the outbox before is older than what is here [OB2, PL9]. */
  outboxChanged(): void {
    this.outboxTurn += 1;
  }

  /** Reads what the outbox says of bytes; all of it where the browser has emptied it: bytes that are gone with it are told. */
  async readMedia(): Promise<void> {
    const media = await this.deps.outbox.media();
    // Afterwards: what was read of an outbox that is still the same was not emptied before.
    if (isMadeAnew(this, await this.deps.outbox.meta())) await this.readOutbox();
    else this.takeMedia(media);
  }

  /** Takes over what the outbox says of bytes. */
  private takeMedia(media: readonly MediaRow[]): void {
    this.outboxChanged();
    this.media = media.filter((row) => !isBrought(row));
    this.brought = media.filter(isBrought);
  }

  /** Takes over rows that were just written; what they make is known where nothing has moved since they were checked. */
  take(rows: readonly OutboxRow[], checked?: CheckedSave): void {
    const known = new Set(this.rows.map((row) => row.mid));
    // Before they are here: each is laid over it once.
    const { overlay } = this;
    this.outboxChanged();
    for (const row of rows) {
      // Something was written in between of which nobody has told this tab.
      if (row.seq > (this.meta.seqs[row.space] ?? 0) + 1) this.isOutboxUnsure = true;
      this.meta = { ...this.meta, seqs: raisedSeqs(this.meta.seqs, [row]) };
      if (known.has(row.mid)) continue;
      this.rows.push(row);
      this.foldOne(row, checked?.over === overlay ? checked.writes.get(row.mid) : undefined);
    }
  }

  async readState(): Promise<void> {
    this.state = await this.deps.cache.state();
    this.isStale = true;
  }

  /** Takes over a space that was read. */
  keep(space: CachedSpace, base: SpaceBase): void {
    this.spaces.set(space.id, space);
    this.bases.set(space.id, base);
  }

  private moveOn(id: SpaceId): void {
    this.turns.moveOn(id);
    this.isStale = true;
  }

  /** Takes over a page that is in the store; false where this memory is not at its beginning. */
  takePage({ page, segments }: StoredPage): boolean {
    const known = this.spaces.get(page.space) ?? emptySpace(page.space);
    if (!sameCursor(known.cursor, page.from)) return false;
    const base = this.base(page.space);
    if (segments.length > 0) base.applySegments(segments, page.rows, page.next.digest);
    else base.apply(page.rows, page.next.digest);
    this.spaces.set(page.space, page.next);
    this.moveOn(page.space);
    for (const receipt of page.receipts) this.receipts.set(receipt.mid, { ...receipt, space: page.space });
    return true;
  }

  base(space: SpaceId): SpaceBase {
    const base = this.bases.get(space) ?? new SpaceBase(space, this.deps.indexes);
    this.bases.set(space, base);
    return base;
  }

  space(id: SpaceId): CachedSpace {
    return this.spaces.get(id) ?? emptySpace(id);
  }

  forget(id: SpaceId): void {
    this.moveOn(id);
    this.spaces.delete(id);
    this.bases.delete(id);
    for (const [mid, receipt] of this.receipts) if (receipt.space === id) this.receipts.delete(mid);
  }

  forgetSpaces(): void {
    this.turns.allMoveOn();
    this.isStale = true;
    this.spaces.clear();
    this.bases.clear();
    this.receipts.clear();
  }

  forgetAll(): void {
    this.forgetSpaces();
    this.state = emptyState(this.meta.clientId);
  }

  carried(): SpaceId[] {
    return carriedSpaces(this.state, this.meta.leftOut);
  }

  /** The server's word on it is here [OB4]. */
  isSettled(row: OutboxRow): boolean {
    return row.settledAt !== null || this.receipts.has(row.mid) || row.seq <= this.space(row.space).appliedSeq;
  }

  /** What the server said of it. The cache has it, and of what was not applied the outbox as well. */
  wordOn({ mid, word }: OutboxRow): Receipt | null {
    return this.receipts.get(mid) ?? word ?? null;
  }

  /** Its effect is not in the confirmed rows yet and may still come [VW2]. */
  isPending(row: OutboxRow): boolean {
    const space = this.space(row.space);
    if (row.seq <= space.appliedSeq) return false;
    const receipt = this.receipts.get(row.mid);
    if (receipt === undefined) return row.settledAt === null;
    if (receipt.status !== 'applied') return false;
    if (space.cursor === null) return this.carried().includes(row.space);
    return receipt.ver > (space.done ? space.cursor.ver : space.cursor.ver - 1);
  }

  /** What is pending, laid over what is here at this moment: in the midst of an answer too nobody sees it over what has gone. */
  get overlay(): Overlay {
    if (this.isStale) this.fold();
    return this.made;
  }

  /** What may be shown has changed. */
  staleOverlay(): void {
    this.isStale = true;
  }

  /** Makes the overlay anew from what is pending [VW1]. */
  fold(): void {
    this.isStale = false;
    this.made = new Overlay(this.deps.indexes);
    this.foldFault = null;
    this.foldMissed = false;
    for (const row of this.rows) this.foldOne(row);
  }

  /** Lays one more mutation over what is there. */
  foldOne(row: OutboxRow, writes?: Iterable<Write>): void {
    if (!this.isPending(row) || !mayShow(this.state, row.space) || isHandedOver(row)) return;
    if (writes !== undefined) {
      this.overlay.apply(row.space, writes);
      return;
    }
    const { misses } = this.bodies;
    const fault = foldRow(row, this);
    if (this.bodies.misses > misses) this.foldMissed = true;
    if (fault !== null) this.foldFault = fault;
  }
}
