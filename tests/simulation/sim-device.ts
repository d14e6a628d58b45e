import { createSyncEngine } from '../../src/sync/engine.ts';
import type { SyncEngine, SyncStatus } from '../../src/sync/engine-api.ts';
import type { EngineDependencies } from '../../src/sync/engine-dependencies.ts';
import { isHandedOver } from '../../src/sync/hand-over.ts';
import { StorageFull } from '../../src/sync/outbox-port.ts';
import type { CacheStore } from '../../src/sync/cache-port.ts';
import type { Ids } from '../../src/sync/device-port.ts';
import type { OutboxRow, OutboxStore } from '../../src/sync/outbox-port.ts';
import type { PhotoTransport, SyncTransport } from '../../src/sync/transport-port.ts';
import type { SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { DeviceState } from './faults.ts';
import type { CacheDisk } from '../support/memory-cache-store.ts';
import { openMemoryCache } from '../support/memory-cache-store.ts';
import type { OutboxDisk } from '../support/memory-outbox-store.ts';
import { emptyOutboxDisk, openMemoryOutbox } from '../support/memory-outbox-store.ts';
import { memberSpace, OFFICE } from '../../src/domain/space/space.ts';
import { failingStore, StoreFailure, type Failing } from './failing-store.ts';
import { watchFirstScreen } from './watch-first-screen.ts';
import { SimLocks } from './sim-locks.ts';
import { TabProcess } from './sim-tab.ts';
import { inOneStep } from './one-step.ts';
import type { PlantedBug } from './planted-bugs.ts';
import { cacheShownAtOnce, cacheWithBug, phoneMutatorsWithBug, storeWithBug } from './planted-bugs.ts';
import type { Prng } from './prng.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface DeviceWorld {
  time: VirtualTime;
  prng: Prng;
  rules: Pick<EngineDependencies, 'mutators' | 'indexes'>;
  bug: PlantedBug | null;
  /** Every space is read from its store as a large one is. */
  inSegments: boolean;
  /** Something happened that must not. */
  report?(finding: string): void;
  /** What a tab shows has changed. */
  shown?(device: SimDevice, tab: Tab): void;
  /** What a tab says of itself, each time it says something. */
  told?(device: SimDevice, status: SyncStatus): void;
  /** How a tab reaches the server. */
  transportFor(device: SimDevice): SyncTransport;
  /** How it brings photos; left out, they stay. */
  photosFor?(device: SimDevice): PhotoTransport;
  /** A phone lets go of bytes. */
  forgets?(device: SimDevice, media: { sha: string; mids: readonly string[] }): Promise<void>;
}

/** So long a page takes to be painted, and what lies behind its first screen to be begun with. */
const PAINTED_MS = 30;

export interface Tab {
  engine: SyncEngine;
  /** It hears at once of all that is on the disk: no other tab was ever open beside it, and its stores never failed. */
  inStep: boolean;
  process: TabProcess;
  kill(): void;
}

/** A phone: disks that outlive the process, a clock that may be wrong, and the tabs that are open now. */
export class SimDevice {
  readonly name: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly outbox: OutboxDisk;
  readonly cache: CacheDisk;
  online = true;
  /** The session has ended; the person signs in again some time later. */
  signedOut = false;
  revoked = false;
  /** How wrong the phone's clock is. */
  skew = 0;
  /** Mids of saves that have told the person 已存本机. */
  readonly saved: Pick<OutboxRow, 'mid' | 'space' | 'name' | 'v' | 'args'>[] = [];
  /** Photos that were saved, by the mutation that names them. */
  readonly photos: { sha: string; mid: string; space: string }[] = [];
  /** Hashes of bytes that went, for a full disk or a revoked session, though the server may be restored after it [PH13]. */
  readonly letGo = new Set<string>();
  /** What was heard last of bytes that are whole, by hash: when it was said, and of which epoch the phone knew as it asked. */
  readonly toldWhole = new Map<string, { at: number; epoch: string | null }>();
  tabs: Tab[] = [];
  /** No room for another row of the outbox. */
  full = false;
  /** Forms that nobody has saved, in tabs that are opened from now on. */
  drafts: EngineDependencies['drafts'];
  /** Whose session the browser has, where it is not its own member's. */
  visitor: string | null = null;
  /** Mids of every save that came to the disk, also where nobody was told. */
  readonly stored = new Set<string>();
  /** Those of them that hand over what was refused [RC6]. */
  readonly handedOver = new Set<string>();
  /** Mids that went with an outbox of which no page knew any more: they are told as gone [OB9]. */
  readonly lost = new Set<string>();
  /** Mids that went likewise and were settled: a server that loses them as well gets them from nobody. */
  readonly unarchived = new Set<string>();
  /** Hashes of bytes that went in the same way before they were brought, and after it. */
  private readonly bytesLost = new Set<string>();
  private readonly broughtLost = new Set<string>();
  /** What each emptied outbox held, and the pages that knew of it. */
  private emptied: { waiting: readonly string[]; settled: readonly string[]; pages: readonly Tab[] }[] = [];
  /** Which operations of its stores fail now. */
  failing: Failing = () => null;
  /** A browser without Web Locks: tabs run into each other, and must do no harm. [TB1] */
  lockless = false;
  /** The registry of an older build that is still open here. */
  oldBuild: EngineDependencies['mutators'] | null = null;
  /** What its person last heard to be left out here; null: the phone died before it said so. [PL9] */
  leftOut: readonly string[] | null = [];
  /** How to end those that are still being opened. */
  private readonly starting = new Set<() => void>();
  private mayFail = false;
  private failures = 0;
  private changing: Tab | null = null;
  /** Another phone has, or had, the same client id. */
  cloned = false;
  /** The client id that it had at first. */
  firstClient: string | null = null;
  /** Requests under way, and those of them that carry mutations. */
  requests = 0;
  pushes = 0;
  /** What an answer said last of the spaces; and what the server has as last seq of each, for a fault built in. */
  lastAllowed: SyncResponse['allowed'] = [];
  readonly told = new Map<string, number>();
  private readonly world: DeviceWorld;
  readonly locks = new SimLocks();

  constructor(
    world: DeviceWorld,
    about: { name: string; memberId: string; sessionId: string; outbox: OutboxDisk; cache: CacheDisk },
  ) {
    this.world = world;
    this.name = about.name;
    this.memberId = about.memberId;
    this.sessionId = about.sessionId;
    this.outbox = about.outbox;
    this.cache = about.cache;
  }

  /** Opens a tab. Where its stores cannot be read it says so, and its person tries again. */
  async open(): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      this.world.time.after(2_000, () => {
        if (this.tabs.length === 0) void this.open();
      });
    }
  }

  /** The real engine over this phone's disks. */
  private async start(): Promise<void> {
    const { time, prng, bug } = this.world;
    const process = new TabProcess(time);
    const ids: Ids = {
      record: () => uuid(prng, '7'),
      mutation: () => uuid(prng, '4'),
      random: () => prng.next(),
    };
    // One in eight operations of a store takes its time: that is where a phone dies between two of them.
    const pause = (): Promise<void> => (prng.chance(0.125) ? process.sleep(prng.int(40)) : Promise.resolve());
    const outbox = openMemoryOutbox(this.outbox, ids.mutation, pause);
    const made = { build: 'sim', indexes: this.world.rules.indexes };
    const cache = openMemoryCache(this.cache, pause, this.world.inSegments ? { above: 0, made } : null);
    this.firstClient ??= this.outbox.clientId;
    const kill = (): void => {
      process.kill();
      outbox.kill();
      cache.kill();
      this.locks.letGo(process);
    };
    this.starting.add(kill);
    let engine: SyncEngine | undefined = undefined;
    const photos = this.world.photosFor?.(this);
    const watched = inOneStep({
      outbox: this.thatFillsUp(storeWithBug(process.outbox(outbox), bug, time, () => process.isAlive())),
      cache: this.watched(cacheShownAtOnce(cacheWithBug(process.cache(cache), bug, this.cache, this.told), bug)),
      heard: cache,
      // What its person leaves out goes at once, also while an answer is being stored.
      alone: () => (this.tabs.length === 1 && this.changing === null ? engine : undefined),
      report: (finding) => this.world.report?.(`I14 ${this.name} ${finding}`),
    });
    const before = this.written();
    const { mayFail, failures } = this;
    engine = await createSyncEngine({
      memberId: this.memberId,
      build: this.oldBuild === null ? 'sim' : 'sim-before',
      transport: process.transport(this.world.transportFor(this)),
      outbox: failingStore(watched.outbox, (operation, args) => this.failing(operation, args)),
      cache: failingStore(watched.cache, (operation, args) => this.failing(operation, args)),
      ...(photos && {
        photos: { transport: process.photos(photos), hold: () => null, forgetSeen: () => Promise.resolve(true) },
      }),
      ...(this.drafts && { drafts: this.drafts }),
      clock: process.clock(() => this.skew),
      ids,
      locks: this.locks.of(process, { time, lockless: () => this.lockless, patient: bug === 'frozenKeepsLock' }),
      ...this.world.rules,
      mutators: phoneMutatorsWithBug(this.oldBuild ?? this.world.rules.mutators, bug),
      firstScreen: { painted: () => process.sleep(PAINTED_MS) },
    });
    this.starting.delete(kill);
    if (!process.isAlive()) return;
    // Whoever looks at everything of a large space has all of it read.
    if (this.world.inSegments) return this.opened(engine, process, kill);
    void watchFirstScreen(engine, (finding) => {
      // What could not be read meanwhile is not what was there.
      const isRead = !mayFail && failures === this.failures;
      if (process.isAlive() && isRead && this.written() === before) this.world.report?.(`VW9 ${this.name} ${finding}`);
    });
    this.opened(engine, process, kill);
  }

  private opened(engine: SyncEngine, process: TabProcess, kill: () => void): void {
    const tab = { engine, process, kill, inStep: !this.mayFail };
    this.tabs.push(tab);
    if (this.tabs.length > 1) for (const each of this.tabs) each.inStep = false;
    engine.onStatus((status) => this.world.told?.(this, status));
    engine.view.onChange(() => this.world.shown?.(this, tab));
    engine.start();
  }

  /** All that the view follows from. */
  private written(): string {
    const { rows, clientId, leftOut } = this.outbox;
    const { state, spaces, receipts } = this.cache;
    const waiting = rows.map((row) => [row.mid, row.settledAt, row.asideAt]);
    return JSON.stringify([clientId, leftOut, waiting, state, [...spaces.values()], receipts.size]);
  }

  private thatFillsUp(store: OutboxStore): OutboxStore {
    return {
      ...store,
      add: async (rows, media) => {
        if (this.full) throw new StorageFull();
        for (const row of rows) {
          this.stored.add(row.mid);
          if (isHandedOver(row)) this.handedOver.add(row.mid);
        }
        return store.add(rows, media);
      },
      // That it is there is asked when the phone believes it, and not only a week later.
      changeMedia: async (sha, next) => {
        const row = this.outbox.media.get(sha);
        if (row && typeof next.broughtAt === 'number') await this.world.forgets?.(this, row);
        return store.changeMedia(sha, next);
      },
      removeMedia: async (sha, mids) => {
        // A revoked session lets go of the note as well that bytes are lost: there are none to let go of.
        if ((this.outbox.media.get(sha)?.bytes ?? null) !== null) await this.world.forgets?.(this, { sha, mids });
        this.letGo.add(sha);
        return store.removeMedia(sha, mids);
      },
      removeBrought: async (sha, mids) => {
        await this.world.forgets?.(this, { sha, mids });
        this.letGo.add(sha);
        return store.removeBrought(sha, mids);
      },
    };
  }

  /** I11: what a phone knows of a space never goes back but by beginning anew. I15: only a last page counts mutations. */
  private watched(store: CacheStore): CacheStore {
    return {
      ...store,
      applyPage: async (page) => {
        const from = page.from?.ver ?? 0;
        const to = page.next.cursor?.ver ?? 0;
        const before = this.cache.spaces.get(page.space);
        const known = before?.cursor?.ver ?? 0;
        const counted = before?.appliedSeq ?? 0;
        const applied = await store.applyPage(page);
        if (applied && to < Math.max(from, known)) {
          this.world.report?.(`I11 ${this.name} went back from ${known} to ${to} in ${page.space}`);
        }
        if (applied && page.rows.length > 0 && !page.next.done && page.next.appliedSeq > counted) {
          this.world.report?.(`I15 ${this.name} counts up to ${page.next.appliedSeq} before the last page`);
        }
        return applied;
      },
    };
  }

  changesLeftOut(): boolean {
    return this.changing !== null;
  }

  /** Its person leaves these out, or takes back what is not in it any more; what is wrong once the tab says that it is done. */
  async leaveOut(chosen: number, communities: readonly string[]): Promise<string[]> {
    const tab = this.chosen(chosen);
    if (tab === undefined) return [];
    this.leftOut = null;
    this.changing = tab;
    try {
      await tab.engine.leaveOut(communities);
    } catch (error) {
      // Nobody has said what came of it.
      if (!(error instanceof StoreFailure)) throw error;
      return [];
    } finally {
      this.changing = null;
    }
    this.leftOut = communities;
    return this.tabs.length > 1 ? [] : this.heldOfLeftOut();
  }

  /** PL9: of what is left out the phone holds no row, whatever has been written there. */
  heldOfLeftOut(): string[] {
    if ((this.outbox.leftOut ?? []).length === 0) return [];
    const carried = [OFFICE, memberSpace(this.memberId)];
    return [...this.cache.rows]
      .filter(([space, rows]) => rows.size > 0 && !carried.includes(space))
      .map(([space]) => `PL9 ${this.name} holds rows of ${space}, which it leaves out`);
  }

  /** The process is gone, at whatever step it was. */
  kill(): void {
    this.changing = null;
    for (const tab of this.tabs) tab.kill();
    for (const end of this.starting) end();
    this.starting.clear();
    this.tabs = [];
    this.noteLost();
    this.requests = 0;
    this.pushes = 0;
  }

  /** The tabs that a person can look into: a frozen one shows nothing and does nothing. */
  get awake(): Tab[] {
    return this.tabs.filter(({ process }) => process.frozenAt() === null);
  }

  chosen(number: number): Tab | undefined {
    const { awake } = this;
    return awake[number % Math.max(1, awake.length)];
  }

  get engine(): SyncEngine | undefined {
    return this.awake[0]?.engine;
  }

  /** One tab goes, at whatever step it was; the others stay. */
  close(tab: Tab): void {
    tab.kill();
    this.tabs = this.tabs.filter((other) => other !== tab);
    if (this.changing === tab) this.changing = null;
    this.noteLost();
  }

  /** The outbox is what it was then: what was written since, and never went out, is nowhere. */
  putBack(outbox: OutboxDisk, cache: CacheDisk | null): void {
    this.kill();
    const kept = new Set(outbox.rows.map(({ mid }) => mid));
    for (const { mid } of this.outbox.rows) if (!kept.has(mid)) this.lost.add(mid);
    for (const row of this.outbox.media.values()) if (!outbox.media.has(row.sha)) this.noteBytesLost(row);
    Object.assign(this.outbox, { ...outbox, handles: this.outbox.handles });
    if (cache !== null) Object.assign(this.cache, { ...cache, handles: this.cache.handles });
    this.leftOut = outbox.leftOut ?? [];
    this.cloned = true;
  }

  /** The browser empties the outbox. A page that is open brings back what it knows [OB10]. */
  empty(): void {
    const { rows, media } = this.outbox;
    const mids = (which: readonly OutboxRow[]): string[] => which.map(({ mid }) => mid);
    // What its author put aside is brought back by nobody.
    const settled = rows.filter(({ settledAt }) => settledAt !== null);
    for (const { mid, asideAt } of settled) if (asideAt !== null) this.unarchived.add(mid);
    for (const row of media.values()) this.noteBytesLost(row);
    const waiting = rows.filter(({ settledAt }) => settledAt === null);
    this.emptied.push({ waiting: mids(waiting), settled: mids(settled), pages: this.tabs });
    // A tab that slept while it was changed may be the first to bring it back.
    const isUnsure = this.tabs.some(
      ({ engine }) => engine !== undefined && String(engine.leftOut()) !== String(this.leftOut),
    );
    if (isUnsure) this.leftOut = null;
    this.cloned = true;
    emptyOutboxDisk(this.outbox);
    this.noteLost();
  }

  private noteBytesLost({ sha, bytes, broughtAt }: { sha: string; bytes: unknown; broughtAt: number | null }): void {
    if (bytes !== null) (broughtAt === null ? this.bytesLost : this.broughtLost).add(sha);
  }

  /** Where no page is open any more that knew of it, what was not brought back by then is lost. */
  private noteLost(): void {
    const here = new Set(this.outbox.rows.map(({ mid }) => mid));
    this.emptied = this.emptied.filter(({ waiting, settled, pages }) => {
      if (this.tabs.some((tab) => pages.includes(tab))) return true;
      for (const mid of waiting) if (!here.has(mid)) this.lost.add(mid);
      for (const mid of settled) if (!here.has(mid)) this.unarchived.add(mid);
      if (this.outbox.leftOut === null) this.leftOut = null;
      return false;
    });
  }

  /** Its own member signs in again. */
  comeBack(): void {
    if (this.visitor === null) return;
    this.visitor = null;
    for (const { engine } of this.awake) void engine.signedIn();
    if (this.awake.length > 0) return;
    // It was in a tab that is gone again: those that were frozen meanwhile hear of it when they are thawed.
    for (const { engine, process } of this.tabs) void process.sleep(0).then(() => engine.signedIn());
  }

  /** For a while operations of its stores fail now and then, before or after they were done. */
  fails(failing: Failing, ms: number): void {
    this.failing = failing;
    this.mayFail = true;
    this.failures += 1;
    for (const tab of this.tabs) tab.inStep = false;
    this.world.time.after(ms, () => {
      this.failing = () => null;
      this.mayFail = false;
    });
  }

  /** Nobody can account for it any more. */
  isLost(mid: string, restored: boolean): boolean {
    return this.lost.has(mid) || (restored && this.unarchived.has(mid));
  }

  /** Likewise of bytes, which are in no page's memory. */
  hasLostBytes(sha: string, restored: boolean): boolean {
    return this.bytesLost.has(sha) || (restored && this.broughtLost.has(sha));
  }

  freeze(tab: Tab): void {
    tab.process.freeze();
    this.locks.moved();
  }

  thaw(tab: Tab): void {
    tab.process.thaw();
    this.locks.moved();
  }

  get state(): DeviceState {
    if (this.pushes > 0) return 'pushing';
    if (this.waiting > 0) return 'waiting';
    return this.requests > 0 ? 'pulling' : 'still';
  }

  get waiting(): number {
    return this.engine?.status().waiting ?? 0;
  }
}

export function uuid(prng: Prng, version: string): string {
  const hex = prng.hex(31);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
