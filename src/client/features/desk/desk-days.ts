import { shanghaiDay } from '../../../domain/time/shanghai-day.ts';
import { daysBetween } from '../../composables/days-between.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A suspended matter is looked at again within a month. */
export const defaultReviewDay = (now: number): string => shanghaiDay(now + 30 * DAY_MS);

/** Noon in Shanghai of such a day, for showing it. */
export const noonOf = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);

/** How long a matter has waited, in whole days; never less than none. */
export const daysWaited = (now: number, since: number): number => Math.max(0, daysBetween(since, now));
