import { daysBetween } from '../../../domain/time/shanghai-day.ts';

/** How long ago a wish was put up, in the words that people use: 今天 · 昨天 · 8 天前 · 2 个月前. */
export type PublishedAgo = { key: 'today' | 'yesterday' } | { key: 'days' | 'months'; count: number };

export function publishedAgo(now: number, at: number): PublishedAgo {
  const days = daysBetween(at, now);
  if (days <= 0) return { key: 'today' };
  if (days === 1) return { key: 'yesterday' };
  return days < 60 ? { key: 'days', count: days } : { key: 'months', count: Math.floor(days / 30) };
}
