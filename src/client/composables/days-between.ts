import { dayOf } from '../../domain/time/shanghai-day.ts';

/** How people count from one time to another: by calendar days in Shanghai, not by 24 hours. */
export const daysBetween = (from: number, to: number): number => dayOf(to) - dayOf(from);
