import type { Logger } from 'pino';
import { isPassing } from '../db/database-fault.ts';
import { logFault } from '../sync/log-fault.ts';
import type { History } from './history.ts';

/** What was written since the last mark does not tell a copy of just then from what runs here: seconds, not minutes. */
const EVERY_MS = 10_000;
/** A database that was away may be another one when it comes back. */
const AGAIN_MS = 1_000;

export interface Keeping {
  /** Does it now, unless it is being done. */
  soon(): void;
  stop(): Promise<void>;
}

export function keepHistory(history: History, logger: Logger): Keeping {
  let round: Promise<void> | null = null;
  let next: NodeJS.Timeout | undefined;
  let isOver = false;
  let isFailing = false;
  const succeeds = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      isFailing = false;
    } catch (error) {
      // Requests tell of a database that is away; of anything else once.
      if (!isFailing && !isPassing(error)) logFault(logger, 'the mark of this server could not be set', error);
      isFailing = true;
    }
    return !isFailing;
  };
  const keep = async () => {
    clearTimeout(next);
    const kept = await succeeds(() => history.keep());
    round = null;
    if (!isOver) next = setTimeout(soon, kept ? EVERY_MS : AGAIN_MS);
  };
  const soon = () => {
    if (!isOver) round ??= keep();
  };
  next = setTimeout(soon, EVERY_MS);
  return {
    soon,
    async stop() {
      isOver = true;
      clearTimeout(next);
      await round;
      await succeeds(() => history.end());
    },
  };
}
