const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/** Full jitter: anywhere up to a ceiling that doubles from 1 s to 5 min, never before the server's Retry-After [TM2]. */
export function backoffMs(attempt: number, random: number, retryAfterMs: number | null): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  return Math.max(Math.ceil(random * ceiling), retryAfterMs ?? 0);
}
