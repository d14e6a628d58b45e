import { dataRow, isLive } from '../../src/protocol/sync-lines.ts';
import type { Receipt } from '../../src/protocol/sync-messages.ts';
import type {
  CachedSpace,
  CachePage,
  CacheState,
  CacheStore,
  ForeignCacheChange,
  StoredRow,
} from '../../src/sync/ports.ts';

/** What outlives the process; a wiped cache is a new one under the same handles. */
export interface CacheDisk {
  state: CacheState;
  spaces: Map<string, CachedSpace>;
  rows: Map<string, Map<string, StoredRow>>;
  receipts: Map<string, Receipt & { space: string }>;
  readonly handles: Set<(change: ForeignCacheChange) => void>;
}

const noState = (): CacheState => ({ client: null, epoch: null, allowed: [], member: null, lastSyncAt: null });

export const newCacheDisk = (): CacheDisk => ({
  state: noState(),
  spaces: new Map(),
  rows: new Map(),
  receipts: new Map(),
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
}

/** With its data read: a test looks at what a phone holds. */
const readable = ({ h, ...row }: StoredRow): StoredRow => ({ ...dataRow(row), h });

const never = new Promise<never>(() => undefined);

export function openMemoryCache(
  disk: CacheDisk,
  pause: () => Promise<void> = () => Promise.resolve(),
): CacheStore & { kill(): void } {
  let dead = false;
  const listeners = new Set<(change: ForeignCacheChange) => void>();
  const heard = (change: ForeignCacheChange): void => {
    if (!dead) for (const listener of [...listeners]) listener(structuredClone(change));
  };
  disk.handles.add(heard);

  async function transaction<T>(work: () => T, change?: (result: T) => ForeignCacheChange | null): Promise<T> {
    await pause();
    if (dead) return never;
    const result = structuredClone(work());
    const told = change?.(result) ?? null;
    if (told !== null) for (const handle of disk.handles) if (handle !== heard) handle(told);
    await pause();
    return dead ? never : result;
  }

  const applyPage = (page: CachePage): boolean => {
    const cursor = disk.spaces.get(page.space)?.cursor ?? null;
    if (JSON.stringify(cursor) !== JSON.stringify(page.from)) return false;
    const { space, next, rows, receipts } = structuredClone(page);
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

  const dropSpaces = (ids: readonly string[]): void => {
    const gone = new Set(ids);
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
          disk.state = structuredClone(state);
        },
        () => ({ type: 'state' }),
      ),
    spaces: () => transaction(() => [...disk.spaces.values()]),
    rows: (space) => transaction(() => [...(disk.rows.get(space)?.values() ?? [])]),
    receipts: () => transaction(() => [...disk.receipts.values()]),
    applyPage: (page) =>
      transaction(
        () => applyPage(page),
        (applied) => (applied ? { type: 'page', page } : null),
      ),
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
