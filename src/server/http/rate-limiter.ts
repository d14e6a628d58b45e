export interface Rate {
  /** How many at once. */
  burst: number;
  /** How many come back a second. */
  perSecond: number;
}

export interface RateLimiter {
  /** Takes one; 0 where there was one, else in how many milliseconds there will be. */
  take(key: string, rate: Rate): number;
}

/** Above this, whoever has not come for longest is forgotten: a flood of addresses must not fill the memory. */
const MAX_KEYS = 20_000;

/** Token buckets in memory. Several processes each hold their own: the limit is then that many times as wide. */
export function createRateLimiter(now: () => number): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, { burst, perSecond }) {
      const time = now();
      const bucket = buckets.get(key) ?? { tokens: burst, at: time };
      const elapsed = Math.max(0, time - bucket.at) / 1000;
      const tokens = Math.min(burst, bucket.tokens + elapsed * perSecond);
      const granted = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: time });
      const oldest = buckets.keys().next();
      if (buckets.size > MAX_KEYS && !oldest.done) buckets.delete(oldest.value);
      return granted ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
    },
  };
}
