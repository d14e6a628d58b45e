import type {
  LostOutbox,
  MediaRow,
  NewMedia,
  NewOutboxRow,
  OutboxMeta,
  OutboxRow,
  OutboxStore,
} from '../../src/sync/outbox-port.ts';
import { plainClone } from './plain-clone.ts';

/** What outlives the process: several handles (tabs, or a phone before and after a restart) share one. */
export interface OutboxDisk {
  clientId: string | null;
  formerId: string | null;
  bornAs: string | null;
  rows: OutboxRow[];
  seqs: Record<string, number>;
  lastContactAt: number | null;
  /** Null while nobody has chosen. */
  leftOut: readonly string[] | null;
  signIn: string | null;
  media: Map<string, MediaRow & { bytes: ArrayBuffer | null }>;
  readonly handles: Set<() => void>;
}

export const newOutboxDisk = (): OutboxDisk => ({
  clientId: null,
  formerId: null,
  bornAs: null,
  rows: [],
  seqs: {},
  lastContactAt: null,
  leftOut: null,
  signIn: null,
  media: new Map(),
  handles: new Set(),
});

/** A second phone with the same profile. */
export const cloneOutboxDisk = (disk: OutboxDisk): OutboxDisk => ({
  ...structuredClone({ ...disk, handles: null }),
  handles: new Set(),
});

/** The browser empties it under whoever has it open, and tells them so. */
export function emptyOutboxDisk(disk: OutboxDisk): void {
  Object.assign(disk, { ...newOutboxDisk(), handles: disk.handles });
  for (const heard of disk.handles) heard();
}

const never = (): Promise<never> => new Promise(() => undefined);

export function openMemoryOutbox(
  disk: OutboxDisk,
  newClientId: () => string,
  pause: () => Promise<void> = () => Promise.resolve(),
): OutboxStore & { kill(): void } {
  let dead = false;
  const listeners = new Set<() => void>();
  const heard = (): void => {
    if (!dead) for (const listener of [...listeners]) listener();
  };
  disk.handles.add(heard);
  const clientId = (): string => {
    disk.clientId ??= newClientId();
    disk.bornAs ??= disk.clientId;
    return disk.clientId;
  };
  clientId();

  /** Every operation takes a turn, as a real one does; a killed process never hears of its end. */
  async function transaction<T>(work: () => T, writes: boolean): Promise<T> {
    await pause();
    if (dead) return never();
    const result = plainClone(work());
    if (writes) for (const handle of disk.handles) if (handle !== heard) handle();
    await pause();
    return dead ? never() : result;
  }

  const add = (rows: readonly NewOutboxRow[]): OutboxRow[] => {
    clientId();
    return plainClone([...rows]).map((row) => {
      const known = disk.rows.find((stored) => stored.mid === row.mid);
      if (known !== undefined) return known;
      const seq = (disk.seqs[row.space] ?? 0) + 1;
      disk.seqs[row.space] = seq;
      const stored: OutboxRow = { ...row, seq, asideAt: null, settledAt: null };
      disk.rows.push(stored);
      return stored;
    });
  };

  const addMedia = ({ bytes, ...one }: NewMedia): void => {
    const known = disk.media.get(one.sha);
    const size = bytes?.byteLength ?? known?.size;
    if (size === undefined) return;
    const isThumb = one.isThumb && known?.isThumb !== false;
    const mids = [...new Set([...(known?.mids ?? []), ...one.mids])];
    disk.media.set(one.sha, {
      ...one,
      isThumb,
      mids,
      size,
      refused: null,
      asideAt: null,
      asideSince: null,
      broughtAt: null,
      bytes: bytes?.slice(0) ?? known?.bytes ?? null,
    });
  };

  const removeMedia = (sha: string, mids: readonly string[]): void => {
    if (disk.media.get(sha)?.mids.every((mid) => mids.includes(mid))) disk.media.delete(sha);
  };

  const release = (mids: readonly string[]): void => {
    for (const [sha, row] of disk.media) {
      const left = row.mids.filter((mid) => !mids.includes(mid));
      if (left.length > 0) disk.media.set(sha, { ...row, mids: left });
      else if (row.mids.length > 0) disk.media.delete(sha);
    }
  };

  const renumber = (fresh: string): OutboxRow[] => {
    disk.formerId = clientId();
    disk.clientId = fresh;
    disk.seqs = {};
    disk.rows = disk.rows.map((row) => {
      const seq = (disk.seqs[row.space] ?? 0) + 1;
      disk.seqs[row.space] = seq;
      return { ...row, seq, settledAt: null, word: undefined };
    });
    return disk.rows;
  };

  const bringBack = (fresh: string, lost: LostOutbox): boolean => {
    const isHere = (mid: string): boolean => disk.rows.some((row) => row.mid === mid);
    const media = lost.media.filter(({ sha }) => !disk.media.has(sha));
    const isLeftOut = disk.leftOut !== null || lost.leftOut.length === 0;
    disk.leftOut ??= lost.leftOut;
    if (isLeftOut && media.length === 0 && lost.rows.every(({ mid }) => isHere(mid))) return false;
    add(lost.rows);
    const mids = lost.rows.map(({ mid }) => mid);
    const place = ({ mid }: OutboxRow): number => (mids.includes(mid) ? mids.indexOf(mid) : mids.length);
    disk.rows.sort((a, b) => place(a) - place(b));
    renumber(fresh);
    disk.formerId = lost.clientId;
    disk.lastContactAt ??= lost.lastContactAt;
    for (const row of media) disk.media.set(row.sha, { ...row, refused: 'lost', bytes: null });
    return true;
  };

  const change = (mids: readonly string[], next: (row: OutboxRow) => OutboxRow): void => {
    const chosen = new Set(mids);
    disk.rows = disk.rows.map((row) => (chosen.has(row.mid) ? next(row) : row));
  };

  const meta = (): OutboxMeta => ({
    clientId: clientId(),
    bornAs: disk.bornAs ?? '',
    formerId: disk.formerId,
    lastContactAt: disk.lastContactAt,
    leftOut: disk.leftOut ?? [],
    signIn: disk.signIn,
    seqs: disk.seqs,
  });

  return {
    add: (rows, media = []) =>
      transaction(() => {
        const added = add(rows);
        for (const one of media) addMedia(one);
        return added;
      }, true),
    media: () => transaction(() => [...disk.media.values()].map(({ bytes: _, ...row }) => row), false),
    mediaBytes: (sha) => transaction(() => disk.media.get(sha)?.bytes ?? null, false),
    changeMedia: (sha, next) =>
      transaction(() => {
        const known = disk.media.get(sha);
        if (known) disk.media.set(sha, { ...known, ...next });
      }, true),
    removeMedia: (sha, mids) => transaction(() => removeMedia(sha, mids), true),
    removeBrought: (sha, mids) =>
      transaction(() => {
        if ((disk.media.get(sha)?.broughtAt ?? null) !== null) removeMedia(sha, mids);
      }, true),
    all: () => transaction(() => disk.rows, false),
    putAside: (mid, at, since) =>
      transaction(() => change([mid], (row) => ({ ...row, asideAt: at, asideSince: since })), true),
    settle: (client, rows, at) =>
      transaction(() => {
        if (client !== disk.clientId) return;
        const words = new Map(rows.map(({ mid, word }) => [mid, at === null ? null : word]));
        change([...words.keys()], ({ word: known, ...row }) => {
          const word = words.get(row.mid);
          return { ...row, settledAt: at, word: word === undefined ? known : (word ?? undefined) };
        });
      }, true),
    remove: (mids, refused = []) =>
      transaction(() => {
        release(refused);
        const gone = new Set(mids);
        disk.rows = disk.rows.filter((row) => !gone.has(row.mid));
      }, true),
    renumber: (fresh) => transaction(() => renumber(fresh), true),
    bringBack: (fresh, lost) => transaction(() => bringBack(fresh, lost), true),
    meta: () => transaction(meta, false),
    putMeta: (next) =>
      transaction(() => {
        if (next.lastContactAt !== undefined) disk.lastContactAt = next.lastContactAt;
        if (next.leftOut !== undefined) disk.leftOut = next.leftOut;
        if (next.signIn !== undefined) disk.signIn = next.signIn;
      }, true),
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
