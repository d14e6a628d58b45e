/** How many failures are free, and how long the wait grows: it doubles with each further one. */
interface Rule {
  free: number;
  firstWaitMs: number;
  longestWaitMs: number;
}

/** A name waits briefly at most, so that nobody can lock a colleague out for the day. */
const NAME: Rule = { free: 5, firstWaitMs: 2_000, longestWaitMs: 5 * 60_000 };
/** Many sit behind one address in an office or a mobile network. */
const ADDRESS: Rule = { free: 30, firstWaitMs: 2_000, longestWaitMs: 15 * 60_000 };
/** Failures are forgotten after this long without another. */
const FORGET_MS = 60 * 60_000;
const MOST_ENTRIES = 50_000;

interface Entry {
  failures: number;
  lastAt: number;
  waitUntil: number;
}

/**
 * Counts sign-ins by name and by address. Each try counts as failed before the password is looked at, so that
 * many at once are no way around. In memory: a restart forgives.
 */
export class SignInLimiter {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How long this name at this address has to wait; where that is 0, the try has been counted. */
  begin(nameKey: string, address: string): number {
    const now = this.#now();
    const until = [`n:${nameKey}`, `a:${address}`].map((key) => this.#entries.get(key)?.waitUntil ?? 0);
    const waitMs = Math.max(0, ...until.map((time) => time - now));
    if (waitMs > 0) return waitMs;
    this.#count(`n:${nameKey}`, NAME);
    this.#count(`a:${address}`, ADDRESS);
    return 0;
  }

  /** The name is its owner's again; from the address this one try is taken back. */
  succeeded(nameKey: string, address: string): void {
    this.#entries.delete(`n:${nameKey}`);
    const entry = this.#entries.get(`a:${address}`);
    if (!entry) return;
    entry.failures -= 1;
    entry.waitUntil = 0;
  }

  #count(key: string, rule: Rule): void {
    const now = this.#now();
    const before = this.#entries.get(key);
    const failures = before && now - before.lastAt < FORGET_MS ? before.failures + 1 : 1;
    const over = failures - rule.free;
    const wait = over < 0 ? 0 : Math.min(rule.firstWaitMs * 2 ** over, rule.longestWaitMs);
    // Deleted first, so that the map stays in order of the last try.
    this.#entries.delete(key);
    this.#entries.set(key, { failures, lastAt: now, waitUntil: now + wait });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MOST_ENTRIES) break;
      this.#entries.delete(oldest);
    }
  }
}
