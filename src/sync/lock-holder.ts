/** How often the holder of a lock shows that it lives; a hidden tab's timers run once a minute. */
export const BEAT_MS = 15_000;
/** Longer than a pass may last, and than a hidden tab may keep silent [TB2]. */
export const PATIENCE_MS = 75_000;

/** What the holder of a lock showed last, and the ticks at which it was first seen. */
export interface LastSign {
  sign: string;
  since: number;
}

/** What is known of it now. Undefined where nobody holds the lock: silences of two holders are not added up. */
export const lookAgain = (
  before: LastSign | undefined,
  sign: string | undefined,
  ticks: number,
): LastSign | undefined => {
  if (sign === undefined) return undefined;
  return before?.sign === sign ? before : { sign, since: ticks };
};

/** It was frozen, and can neither end nor let go: who asks takes the lock over. */
export const isSilent = (last: LastSign | undefined, ticks: number, patienceMs = PATIENCE_MS): boolean =>
  last !== undefined && ticks - last.since > patienceMs;
