import { collectSessions } from '../auth/collect-sessions.ts';
import type { Dependencies } from '../dependencies.ts';
import { adoptPhotos } from '../photos/adopt-photo.ts';
import { collectOrphans } from '../photos/collect-orphans.ts';
import { noteStrays } from '../photos/note-strays.ts';
import { collectTombstones } from '../sync/collect-tombstones.ts';
import { logFault } from '../sync/log-fault.ts';
import { everyMinute } from './every-minute.ts';
import { expireClaims } from './expire-claims.ts';

/** Orphans are weeks old, tombstones half a year, sessions that have run out a year: they can wait. */
const COLLECT_EVERY_MS = 3_600_000;

/** What the clock does by itself; returns a function that ends it and waits for the rounds under way. */
export function startTimers(deps: Dependencies): () => Promise<void> {
  const unlessFault = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      logFault(deps.logger, 'a timer failed and will run again', error);
    }
  };

  const isTimeToCollect = hourly(deps);
  const endRecords = everyMinute(async () => {
    await unlessFault(() => expireClaims(deps));
    if (!isTimeToCollect()) return;
    await unlessFault(() => collectSessions(deps));
    await unlessFault(() => collectTombstones(deps));
  });

  // Apart from the rest: a photo store that hangs holds up no claim.
  const isTimeForPhotos = hourly(deps);
  let next: string | null = null;
  let part = 0;
  const endPhotos = everyMinute(async () => {
    const isTime = isTimeForPhotos();
    if (isTime) next ??= '';
    const after = next;
    if (after !== null) await unlessFault(async () => ({ next } = await adoptPhotos(deps, after)));
    if (!isTime) return;
    await unlessFault(async () => ({ next: part } = await noteStrays(deps, part)));
    await unlessFault(() => collectOrphans(deps));
  });

  return async () => {
    await Promise.all([endRecords(), endPhotos()]);
  };
}

/** True the first time, and then once an hour has gone by. */
function hourly({ now }: Pick<Dependencies, 'now'>): () => boolean {
  let last = 0;
  return () => {
    if (now() < last + COLLECT_EVERY_MS) return false;
    last = now();
    return true;
  };
}
