/** Guessing codes must not pay: an address that asks for many that are not here waits. Kept in memory only. */
const WINDOW_MS = 15 * 60_000;
const MAX_MISSES = 30;
const MAX_ADDRESSES = 50_000;

export class MissLimit {
  private readonly misses = new Map<string, { count: number; until: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** How long the address still has to wait, in milliseconds; 0 where it may ask. */
  waitMs(address: string): number {
    const entry = this.misses.get(address);
    const left = entry === undefined ? 0 : entry.until - this.now();
    return entry !== undefined && entry.count >= MAX_MISSES && left > 0 ? left : 0;
  }

  miss(address: string): void {
    const now = this.now();
    const entry = this.misses.get(address);
    if (entry === undefined || entry.until <= now) {
      this.forgetOld(now);
      this.misses.set(address, { count: 1, until: now + WINDOW_MS });
    } else {
      entry.count += 1;
    }
  }

  private forgetOld(now: number): void {
    if (this.misses.size < MAX_ADDRESSES) return;
    for (const [address, entry] of this.misses) if (entry.until <= now) this.misses.delete(address);
    // Still full: the oldest go, so that memory stays bounded.
    for (const address of this.misses.keys()) {
      if (this.misses.size < MAX_ADDRESSES) break;
      this.misses.delete(address);
    }
  }
}
