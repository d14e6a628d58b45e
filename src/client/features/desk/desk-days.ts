import { dayOf, dayText, daysBetween } from '../../../domain/time/shanghai-day.ts';

/** A suspended matter is looked at again within a month. */
export const defaultReviewDay = (now: number): string => dayText(dayOf(now) + 30);

/** How long a matter has waited, in whole days; never less than none. */
export const daysWaited = (now: number, since: number): number => Math.max(0, daysBetween(since, now));
