import { daysBetween } from '../../../domain/time/shanghai-day.ts';

export type TimeLeft = { key: 'days'; days: number } | { key: 'today' } | { key: 'over' };

/** 还有 3 天 · 今天到期 · 已到期 */
export function timeLeft(now: number, until: number): TimeLeft {
  if (until <= now) return { key: 'over' };
  const days = daysBetween(now, until);
  return days === 0 ? { key: 'today' } : { key: 'days', days };
}
