const DAY_MS = 24 * 60 * 60 * 1000;
/** Shanghai keeps no summer time, so its days are a fixed shift of UTC's. */
const SHANGHAI_MS = 8 * 60 * 60 * 1000;

const dayNumber = (ms: number): number => Math.floor((ms + SHANGHAI_MS) / DAY_MS);

/** How people count from one time to another: by calendar days in Shanghai, not by 24 hours. */
export const daysBetween = (from: number, to: number): number => dayNumber(to) - dayNumber(from);
