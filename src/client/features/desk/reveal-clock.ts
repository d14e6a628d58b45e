/** Whole seconds until `until`, never below zero; the last begun second still counts. */
export const secondsLeft = (now: number, until: number): number => Math.max(0, Math.ceil((until - now) / 1000));
