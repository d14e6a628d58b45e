import { dataRow, isLive, textOf } from '../../src/protocol/sync-lines.ts';
import type { Receipt } from '../../src/protocol/sync-messages.ts';
import { plainRow } from '../../src/client/lines/line-row.ts';
import type { FirstScreen } from '../../src/sync/first-screen.ts';
import { makeSegment } from '../../src/sync/build-segment.ts';
import { splitRows } from '../../src/sync/segment.ts';
import type { MadeBy, Segment } from '../../src/sync/segment.ts';
import type {
  BodyPlace,
  CachedSpace,
  CachePage,
  CacheState,
  CacheStore,
  ForeignCacheChange,
  LoadedRows,
  StoredRow,
} from '../../src/sync/cache-port.ts';
import { plainClone } from './plain-clone.ts';
import { wholeRows } from './whole-rows.ts';

/** What outlives the process; a wiped cache is a new one under the same handles. */
export interface CacheDisk {
  state: CacheState;
  spaces: Map<string, CachedSpace>;
  rows: Map<string, Map<string, StoredRow>>;
  receipts: Map<string, Receipt & { space: string }>;
  firstScreen: FirstScreen | null;
  /** Segments that were read from here, the rows of each as they were then. */
  segments: Map<number, StoredRow[]>;
  lastSegment: number;
  readonly handles: Set<(change: ForeignCacheChange) => void>;
}

const noState = (): CacheState => ({ client: null, epoch: null, allowed: [], member: null, lastSyncAt: null });

export const newCacheDisk = (): CacheDisk => ({
  state: noState(),
  spaces: new Map(),
  rows: new Map(),
  receipts: new Map(),
  firstScreen: null,
  segments: new Map(),
  lastSegment: 0,
  handles: new Set(),
});

export const cloneCacheDisk = (disk: CacheDisk): CacheDisk => ({
  ...structuredClone({ ...disk, handles: null }),
  handles: new Set(),
});

/** As if the browser had deleted the database: nobody is told. */
export function wipeCacheDisk(disk: CacheDisk): void {
  disk.state = noState();
  disk.spaces.clear();
  disk.rows.clear();
  disk.receipts.clear();
  disk.firstScreen = null;
  disk.segments.clear();
}

/** With its data read: a test looks at what a phone holds. */
const readable = (row: StoredRow): StoredRow => {
  const { h, ...plain } = plainRow(row);
  return { ...dataRow(plain), h };
};

/** As plain data, all of its rows whole. */
async function plainPage(page: CachePage): Promise<CachePage> {
  const { segments: _, ...plain } = page;
  return { ...plain, rows: (await wholeRows(page)).map(plainRow) };
}

/** A space with more rows than this is read in segments, as a large one is by the real store. */
export interface InSegments {
  above: number;
  made: MadeBy;
}

/** A new one each time: one for all would hold every process that ever waited for it. */
const never = (): Promise<never> => new Promise(() => undefined);

export function openMemoryCache(
  disk: CacheDisk,
  pause: () => Promise<void> = () => Promise.resolve(),
  inSegments: InSegments | null = null,
): CacheStore & { kill(): void } {
  let dead = false;
  const listeners = new Set<(change: ForeignCacheChange) => void>();
  const heard = (change: ForeignCacheChange): void => {
    if (!dead) for (const listener of [...listeners]) listener(plainClone(change));
  };
  disk.handles.add(heard);

  async function transaction<T>(work: () => T, change?: (result: T) => ForeignCacheChange | null): Promise<T> {
    await pause();
    if (dead) return never();
    const result = plainClone(work());
    const told = change?.(result) ?? null;
    if (told !== null) for (const handle of disk.handles) if (handle !== heard) handle(told);
    await pause();
    return dead ? never() : result;
  }

  const applyPage = (page: CachePage): boolean => {
    const { cursor = null, receiptsAfter = 0 } = disk.spaces.get(page.space) ?? {};
    if (JSON.stringify(cursor) !== JSON.stringify(page.from)) return false;
    if (receiptsAfter !== page.receiptsFrom) return false;
    const { space, next, rows, receipts } = plainClone(page);
    const stored = disk.rows.get(space) ?? new Map<string, StoredRow>();
    for (const row of rows) {
      if (isLive(row)) stored.set(`${row.k}/${row.id}`, readable(row));
      else stored.delete(`${row.k}/${row.id}`);
    }
    disk.rows.set(space, stored);
    disk.spaces.set(space, next);
    for (const receipt of receipts) disk.receipts.set(receipt.mid, { ...receipt, space });
    return true;
  };

  /** Of each kind a segment; its number is a new one each time, and names the rows as they are now. */
  const readRows = (space: string): LoadedRows => {
    const rows = [...(disk.rows.get(space)?.values() ?? [])];
    if (inSegments === null || rows.length <= inSegments.above) return { segments: [], rows, stored: rows.length };
    const { made } = inSegments;
    const { segments, others } = splitRows(rows, 1);
    const read = segments.map((group): Segment => {
      const n = (disk.lastSegment += 1);
      disk.segments.set(n, group);
      return { ...makeSegment(group, group.map(textOf), made), n };
    });
    return { segments: read, rows: others, stored: rows.length };
  };

  /** Undefined where the row has been written anew since. */
  const readBody = ({ n, row }: BodyPlace): StoredRow | undefined => {
    const kept = disk.segments.get(n)?.[row];
    if (kept === undefined) return undefined;
    const isHere = [...disk.rows.values()].some((rows) => rows.get(`${kept.k}/${kept.id}`)?.ver === kept.ver);
    return isHere ? { k: kept.k, id: kept.id, ver: kept.ver, t: textOf(kept) } : undefined;
  };

  const dropSpaces = (ids: readonly string[]): void => {
    const gone = new Set(ids);
    disk.firstScreen = null;
    for (const id of ids) {
      disk.spaces.delete(id);
      disk.rows.delete(id);
    }
    for (const [mid, receipt] of disk.receipts) if (gone.has(receipt.space)) disk.receipts.delete(mid);
  };

  return {
    state: () => transaction(() => disk.state),
    putState: (state) =>
      transaction(
        () => {
          disk.state = plainClone(state);
        },
        () => ({ type: 'state' }),
      ),
    spaces: () => transaction(() => [...disk.spaces.values()]),
    rows: (space) => transaction(() => readRows(space)),
    bodies: (places) => transaction(() => places.map(readBody)),
    tidy: () => transaction(() => undefined),
    receipts: () => transaction(() => [...disk.receipts.values()]),
    firstScreen: () => transaction(() => disk.firstScreen),
    keepFirstScreen: (screen, spaces) =>
      transaction(() => {
        const known = new Map(spaces.map((space) => [space.id, JSON.stringify(space)]));
        const isSame = [...disk.spaces.values()].every((space) => known.get(space.id) === JSON.stringify(space));
        if (isSame && known.size === disk.spaces.size) disk.firstScreen = plainClone(screen);
      }),
    applyPage: async (page) => {
      const plain = await plainPage(page);
      const made = await Promise.all(
        (page.segments ?? []).map(async ({ segment, rows }) => [segment, await rows()] as const),
      );
      const numbered = (): Segment[] =>
        made.map(([segment, rows]) => {
          const n = (disk.lastSegment += 1);
          disk.segments.set(n, rows.map(plainRow));
          return { ...segment, n };
        });
      return transaction(
        () => (applyPage(plain) ? { segments: numbered() } : null),
        (applied) => (applied ? { type: 'page', page: plain, segments: [] } : null),
      );
    },
    dropSpaces: (ids) =>
      transaction(
        () => dropSpaces(ids),
        () => ({ type: 'spaces', spaces: ids }),
      ),
    dropReceipts: (mids) =>
      transaction(() => {
        for (const mid of mids) disk.receipts.delete(mid);
      }),
    clear: () =>
      transaction(
        () => wipeCacheDisk(disk),
        () => ({ type: 'all' }),
      ),
    onForeignChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      disk.handles.delete(heard);
    },
    kill: () => {
      dead = true;
      disk.handles.delete(heard);
    },
  };
}
