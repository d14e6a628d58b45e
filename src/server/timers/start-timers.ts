import { collectSessions } from '../auth/collect-sessions.ts';
import type { Dependencies } from '../dependencies.ts';
import { adoptPhotos } from '../photos/adopt-photo.ts';
import { collectOrphans } from '../photos/collect-orphans.ts';
import { logFault } from '../sync/log-fault.ts';
import { expireClaims } from './expire-claims.ts';

const EVERY_MS = 60_000;
/** Orphans are weeks old, sessions that have run out a year: they can wait. */
const COLLECT_EVERY_MS = 3_600_000;

/** What the clock does by itself; returns a function that ends it and waits for the round under way. */
export function startTimers(deps: Dependencies): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  let collectedAt = 0;
  const run = async () => {
    await unlessFault(() => expireClaims(deps));
    if (deps.now() < collectedAt + COLLECT_EVERY_MS) return;
    collectedAt = deps.now();
    await unlessFault(() => adoptPhotos(deps));
    await unlessFault(() => collectOrphans(deps));
    await unlessFault(() => collectSessions(deps));
  };
  const unlessFault = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      logFault(deps.logger, 'a timer failed and will run again', error);
    }
  };
  const timer = setInterval(() => {
    round = round.then(run);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return round;
  };
}
