const DAY_MS = 24 * 60 * 60 * 1000;
/** Shanghai keeps no summer time, so its days are a fixed shift of UTC's. */
const SHANGHAI_MS = 8 * 60 * 60 * 1000;

const dayOf = (ms: number): number => Math.floor((ms + SHANGHAI_MS) / DAY_MS);

export type TimeLeft = { key: 'days'; days: number } | { key: 'today' } | { key: 'over' };

/** How people count until a date: by calendar days in Shanghai, not by 24 hours. */
export function timeLeft(now: number, until: number): TimeLeft {
  if (until <= now) return { key: 'over' };
  const days = dayOf(until) - dayOf(now);
  return days === 0 ? { key: 'today' } : { key: 'days', days };
}
