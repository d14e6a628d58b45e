import { DAY_MS } from './day-ms.ts';

/** Shanghai keeps no summer time, so its days are a fixed shift of UTC's. */
const SHIFT_MS = 8 * 60 * 60 * 1000;

/** A day of Asia/Shanghai as a number, counted from 1970-01-01. */
export const dayOf = (ms: number): number => Math.floor((ms + SHIFT_MS) / DAY_MS);

/** The first instant of a day. */
export const startOfDay = (day: number): number => day * DAY_MS - SHIFT_MS;

/** The first instant that is no longer of this day. */
export const endOfDay = (day: number): number => startOfDay(day + 1);

/** YYYY-MM-DD */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** How people count from one instant to another: by days of the calendar, not by 24 hours. */
export const daysBetween = (from: number, to: number): number => dayOf(to) - dayOf(from);

/** The day of an instant as YYYY-MM-DD. */
export const shanghaiDay = (ms: number): string => dayText(dayOf(ms));

/** The day of a YYYY-MM-DD; NaN for a day that no calendar has, such as 2026-02-30. */
export function dayFrom(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  return Number.isNaN(day) || dayText(day) !== text ? NaN : day;
}

export const yearOf = (day: number): number => Number(dayText(day).slice(0, 4));

/** Saturday or Sunday; 1970-01-01 was a Thursday. */
export const isWeekend = (day: number): boolean => (((day + 3) % 7) + 7) % 7 >= 5;
