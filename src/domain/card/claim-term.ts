/** A claim without a step for so long falls back to the wall. */
export const CLAIM_TERM_MS = 7 * 24 * 60 * 60 * 1000;

/** After its first step a claim no longer falls back by itself: the last instant that a date can name. */
export const NEVER = 8.64e15;

/** How many claims a person, and how many someone who claims for a unit, may have open at once. */
export const CLAIM_LIMIT = 5;
export const UNIT_CLAIM_LIMIT = 20;
