import type { Dependencies } from '../dependencies.ts';
import { logFault } from '../sync/log-fault.ts';
import { expireClaims } from './expire-claims.ts';

const EVERY_MS = 60_000;

/** What the clock does by itself; returns a function that ends it and waits for the round under way. */
export function startTimers(deps: Dependencies): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      await expireClaims(deps);
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
