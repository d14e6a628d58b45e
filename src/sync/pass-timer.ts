import { backoffMs } from './backoff.ts';
import type { PassResult, PassRunner } from './pass-runner.ts';
import type { Clock, Ids } from './device-port.ts';

const POLL_MS = 30_000;
/** Where another tab holds the lock. */
const BUSY_MS = 5_000;
/** Saves of one moment go out together. */
const SAVE_MS = 50;
/** Pokes reach many phones at once; they do not all come at once. */
const POKE_SPREAD_MS = 500;

export interface PassTimer {
  /** Runs a pass now, or once more after the one under way; resolves when it has ended. */
  now(): Promise<void>;
  /** The same, but what the pass under way still hears changes nothing, and `first` comes before the next. */
  afresh(first: () => Promise<void>): Promise<void>;
  /** Something was saved. */
  saved(): void;
  poked(): void;
  /** Somebody has signed in elsewhere: what was paused goes on. */
  signedIn(): void;
  start(): void;
  stop(): Promise<void>;
}

/** When passes run: on a poll of 30 to 60 s, soon after a save or a poke, and with backoff after a fault [TM1]. */
export function createPassTimer(runner: Pick<PassRunner, 'run' | 'abandon'>, clock: Clock, ids: Ids): PassTimer {
  let started = false;
  let running: Promise<void> | null = null;
  let again = false;
  let attempt = 0;
  /** Backing off: neither a save nor a poke brings the next pass forward. */
  let waiting = false;
  let cancel = (): void => undefined;

  const arm = (ms: number): void => {
    cancel();
    cancel = clock.after(ms, () => {
      void now();
    });
  };

  const delayAfter = (end: PassResult): number => {
    waiting = end.type === 'fault' || end.type === 'broken';
    attempt = end.type === 'fault' || end.type === 'broken' ? attempt + 1 : 0;
    // What waits there knows by itself when it is due: a save elsewhere may bring the pass forward.
    if (end.type === 'later') return Math.min(POLL_MS + ids.random() * POLL_MS, Math.max(1_000, end.retryAfterMs));
    if (end.type === 'busy') return BUSY_MS;
    if (!waiting) return POLL_MS + ids.random() * POLL_MS;
    return backoffMs(attempt - 1, ids.random(), end.type === 'fault' ? end.retryAfterMs : null);
  };

  const isPaused = (end: PassResult): boolean =>
    end.type === 'otherMember' || (end.type === 'fault' && end.fault === 'unauthenticated');

  const runAll = async (): Promise<void> => {
    let end: PassResult;
    do {
      again = false;
      end = await runner.run();
    } while (again && end.type !== 'busy' && end.type !== 'fault' && end.type !== 'broken');
    running = null;
    if (isPaused(end)) {
      // Only the host, after a sign-in, goes on.
      waiting = true;
      attempt = 0;
      cancel();
    } else if (started) arm(delayAfter(end));
  };

  const now = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    cancel();
    running = runAll();
    return running;
  };

  const soon = (ms: number): void => {
    if (!started || waiting) return;
    if (running !== null) again = true;
    else arm(ms);
  };

  const afresh = async (first: () => Promise<void>): Promise<void> => {
    runner.abandon();
    await Promise.all([running, first()]);
    await now();
  };

  return {
    now,
    afresh,
    saved: () => {
      soon(SAVE_MS);
    },
    signedIn: () => {
      if (started) void now();
    },
    poked: () => {
      soon(Math.ceil(ids.random() * POKE_SPREAD_MS));
    },
    start: () => {
      started = true;
      waiting = false;
      arm(0);
    },
    stop: async () => {
      started = false;
      cancel();
      runner.abandon();
      again = false;
      await running;
    },
  };
}
