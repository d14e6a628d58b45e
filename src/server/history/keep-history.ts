import type { Logger } from 'pino';
import { isPassing } from '../db/database-fault.ts';
import { logFault } from '../sync/log-fault.ts';
import type { History } from './history.ts';

/** What was written since the last mark does not tell a copy of just then from what runs here: seconds, not minutes. */
const EVERY_MS = 10_000;

export interface Keeping {
  /** Does it now, unless it is being done. */
  soon(): void;
  stop(): Promise<void>;
}

export function keepHistory(history: History, logger: Logger): Keeping {
  let round: Promise<void> | null = null;
  const unlessFault = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      // Requests tell of a database that is away.
      if (!isPassing(error)) logFault(logger, 'the mark of this server could not be set', error);
    }
  };
  const soon = () => {
    round ??= unlessFault(() => history.keep()).finally(() => {
      round = null;
    });
  };
  const timer = setInterval(soon, EVERY_MS);
  return {
    soon,
    async stop() {
      clearInterval(timer);
      await round;
      await unlessFault(() => history.end());
    },
  };
}
