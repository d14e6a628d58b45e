const DAY_MS = 24 * 60 * 60 * 1000;
/** Shanghai keeps no summer time. */
const SHANGHAI_MS = 8 * 60 * 60 * 1000;

/** The day in Shanghai as YYYY-MM-DD. */
export const shanghaiDay = (ms: number): string => new Date(ms + SHANGHAI_MS).toISOString().slice(0, 10);

/** A suspended matter is looked at again within a month. */
export const defaultReviewDay = (now: number): string => shanghaiDay(now + 30 * DAY_MS);

/** Noon in Shanghai of such a day, for showing it. */
export const noonOf = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);
