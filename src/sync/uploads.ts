import { ARCHIVE_MS } from './archive.ts';
import { backoffMs } from './backoff.ts';
import { bringPhoto } from './bring-photo.ts';
import type { MediaQueue } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import { isKeptLongEnough } from './kept-media.ts';
import { mayGo, mediaList, mediaStatus } from './media-list.ts';
import { PASS_DEADLINE_MS } from './pass-runner.ts';
import type { MediaRow } from './outbox-port.ts';
import type { TransportFault } from './transport-port.ts';
import { unsentRows } from './push-batch.ts';
import { UntakenMedia } from './untaken-media.ts';
import { waitingList } from './waiting-list.ts';
import { wantedIn } from './wanted-media.ts';

type UploadEnd = { type: 'idle' } | { type: 'again' } | { type: 'fault'; retryAfterMs: number | null };

export interface Uploads extends MediaQueue {
  /** A pass of mutations went through: the network is there, and what was saved with photos is settled. */
  kick(): void;
  stop(): Promise<void>;
}

/**
 * The pass over bytes, apart from that over mutations: text never waits for a photo [PH7]. One at a time among the
 * tabs, small first, with backoff of its own. Once nothing waits any more `nothingLeft` is called.
 */
export function createUploads(
  memory: EngineMemory,
  changed: (isOutboxRead?: boolean) => void,
  nothingLeft: () => void,
): Uploads {
  const { outbox, clock, ids, locks, photos, memberId } = memory.deps;
  const untaken = new UntakenMedia(memory);
  let stopped = false;
  let attempt = 0;
  /** Backing off: only the host or a pass of mutations after the wait brings it forward. */
  let waiting = false;
  let running: Promise<void> | null = null;
  /** Something came while a pass was under way. */
  let again = false;
  let cancel = (): void => undefined;

  /** Text that can go. What is in trouble, and what waits behind it in its space, holds up no photo. */
  const textFirst = (): boolean => {
    const unsent = unsentRows(memory);
    const stuck = new Set(unsent.filter(({ mid }) => memory.troubles.has(mid)).map(({ space }) => space));
    return unsent.some(({ space }) => !stuck.has(space));
  };
  const goesOn = (): boolean => !stopped && photos?.hold() === null && !textFirst();

  const reread = async (): Promise<void> => {
    const { rows } = memory;
    await memory.readMedia();
    // A save that this tab has not taken over yet: what names the bytes would pass for settled long ago.
    if (memory.media.some(({ mids }) => mids.some((mid) => !isKnown(mid)))) await memory.readOutbox();
    // What another tab wrote was read with the photos.
    changed(memory.rows !== rows);
  };

  const isKnown = (mid: string): boolean => memory.rows.some((row) => row.mid === mid);

  /** What its author put aside goes with the archive, as a refused mutation does [OB5]: the phone's clock may be wrong. */
  const dropOld = async (): Promise<void> => {
    const { serverTime } = memory;
    if (serverTime === null) return;
    for (const { sha, mids, asideAt, asideSince } of memory.media) {
      if (asideAt === null) continue;
      if (asideSince === null) await outbox.changeMedia(sha, { asideSince: serverTime });
      else if (asideSince + ARCHIVE_MS < serverTime) await outbox.removeMedia(sha, mids);
    }
  };

  const bring = async (row: MediaRow): ReturnType<typeof bringPhoto> => {
    if (!photos) return { type: 'held' };
    memory.mediaUnderWay.inFlight = row.sha;
    const { epoch } = memory.state;
    const doubts = memory.mediaUnderWay.doubts;
    try {
      const end = await bringPhoto(memory, photos.transport, row, goesOn, changed);
      // Said before it was heard here that the server knows less, or in another tab that it begins anew: it is asked again.
      const isDoubtful = memory.mediaUnderWay.doubts !== doubts || memory.state.epoch !== epoch;
      if (end.type === 'done' && !isDoubtful) await keep(row);
      // Nor is it lost, where the outbox was emptied meanwhile [OB10].
      else if (end.type === 'done') await outbox.changeMedia(row.sha, { refused: null });
      if (end.type === 'refused' && end.reason !== row.refused)
        await outbox.changeMedia(row.sha, { refused: end.reason });
      return end;
    } finally {
      memory.mediaUnderWay.inFlight = null;
      memory.mediaUnderWay.sent.delete(row.sha);
      await reread();
    }
  };

  /**
   * The server has them. They go where it had them a week ago too and nobody may send them again, and at once where the
   * session was revoked [RV1].
   */
  const keep = async (row: MediaRow): Promise<void> => {
    const { serverTime, revoked } = memory;
    const wasThere = isKeptLongEnough(row, memory) && !memory.mediaUnderWay.sent.has(row.sha);
    const isDone = wasThere && !wantedIn(waitingList(memory))(row);
    if (revoked) await outbox.removeMedia(row.sha, row.mids);
    else if (isDone) await outbox.removeBrought(row.sha, row.mids);
    // A tab that has had no answer of its own yet does not know when that is: it asks again.
    else if (serverTime !== null) await outbox.changeMedia(row.sha, { broughtAt: serverTime });
  };

  /** The server may fail over this one, or not take it of a revoked session [RV1]; all else would happen to the next as well. */
  const isOfOneAlone = (fault: TransportFault): boolean => fault === 'server' || untaken.mayBe(fault);

  const locked = async (): Promise<UploadEnd> => {
    const until = clock.ticks() + PASS_DEADLINE_MS;
    await reread();
    await dropOld();
    await untaken.drop();
    const due = memory.brought.filter((row) => isKeptLongEnough(row, memory));
    const ready = [...memory.media.filter((row) => mayGo(memory, row)), ...due].sort((a, b) => a.size - b.size);
    let fault: UploadEnd | null = null;
    for (const row of ready) {
      if (!goesOn()) return { type: 'idle' };
      if (clock.ticks() > until) return { type: 'again' };
      const end = await bring(row);
      if (end.type === 'unread') fault ??= { type: 'fault', retryAfterMs: null };
      if (end.type !== 'fault') continue;
      fault = { type: 'fault', retryAfterMs: end.retryAfterMs };
      if (!isOfOneAlone(end.fault)) return fault;
      if (photos && untaken.mayBe(end.fault)) await untaken.ask(photos.transport, row);
    }
    return fault ?? { type: 'idle' };
  };

  const arm = (ms: number): void => {
    cancel();
    cancel = clock.after(ms, () => {
      waiting = false;
      void run();
    });
  };

  const runOnce = async (): Promise<void> => {
    const hadSome = mediaStatus(memory) !== undefined;
    let end: UploadEnd;
    try {
      end = (await locks.ifFree(`photos-${memberId}`, locked)) ?? { type: 'idle' };
    } catch {
      // A store that does not answer: like a fault of the network, it is tried again.
      end = { type: 'fault', retryAfterMs: null };
    }
    running = null;
    if (stopped) return;
    if (hadSome && mediaStatus(memory) === undefined) nothingLeft();
    waiting = end.type === 'fault';
    attempt = end.type === 'fault' ? attempt + 1 : 0;
    if (end.type === 'fault') arm(backoffMs(attempt - 1, ids.random(), end.retryAfterMs));
    else if (end.type === 'again' || again) arm(0);
    again = false;
  };

  const run = (): Promise<void> => {
    if (stopped || !photos) return Promise.resolve();
    cancel();
    again = running !== null;
    running ??= runOnce();
    return running;
  };

  return {
    list: () => mediaList(memory),
    all: () => [...memory.media, ...memory.brought],
    bytes: (sha) => outbox.mediaBytes(sha),
    uploadNow: () => {
      waiting = false;
      changed();
      return run();
    },
    retry: async (sha) => {
      await outbox.changeMedia(sha, { refused: null, asideAt: null, asideSince: null, broughtAt: null });
      await reread();
      void run();
    },
    putAside: async (sha) => {
      await outbox.changeMedia(sha, { asideAt: clock.now(), asideSince: memory.serverTime });
      await reread();
    },
    kick: () => {
      untaken.passed();
      const isDue = memory.media.length > 0 || memory.brought.some((row) => isKeptLongEnough(row, memory));
      if (!waiting && isDue) void run();
    },
    stop: async () => {
      stopped = true;
      cancel();
      await running;
    },
  };
}
