import type { PlantedBug } from './planted-bugs.ts';
import { runSeed } from './run-seed.ts';

export interface Caught {
  bug: PlantedBug;
  /** Null: all of the seeds let it through. */
  seed: number | null;
  /** What caught it: the invariants that it broke in that seed. */
  by: readonly string[];
}

/** What each must break: another finding may be of a silence that was cut short, and catches nothing. */
const BREAKS: Readonly<Record<PlantedBug, RegExp>> = {
  cursorBySequence: /^I7 .* met a digest/,
  cursorBySequenceUnseen: /^I12 /,
  pagingByVersionAlone: /^I7 .* met a digest|^L6 /,
  lastSeqOnFirstPage: /^I15 /,
  answeredBeforeCommit: /^I(11|8|2) /,
  midNotCompared: /^I2 /,
  lockDroppedBeforeBump: /^I11 /,
  compareAndSetRemoved: /^I(11|12) /,
  queueDeletedOn401: /^I2 /,
  queueDeletedOnReset: /^I2 /,
  tombstonesGoneSilently: /^I7 .* met a digest/,
  allowedBeforeSnapshot: /^I9 /,
  claimCheckedOutsideLock: /^I(5|8) /,
  newMidOnRetry: /^I2 /,
  upcasterMissing: /^I19 /,
  clockInMutator: /^I8 /,
  savedBeforeCommit: /^I2 /,
  shownPageByPage: /^I14 /,
  photoForgottenWhenSent: /^I20 /,
  epochKeptOnCopy: /^I(2|7|12) /,
  leftOutForgotten: /^PL9 /,
  firstScreenOutdated: /^VW9 /,
  pendingNotShown: /^I13 /,
  rolesFirstSeen: /^I23 /,
  heldNotWritten: /^I2 .* is said to be held/,
  frozenKeepsLock: /^L4 /,
  neverAsksToHold: /^L3 /,
  refusedWithoutReason: /^I23 /,
  heldUnasked: /^PS7 /,
};

/** The first seed that does not let the fault through. */
export async function catchBug(bug: PlantedBug, seeds: number): Promise<Caught> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { found } = await runSeed(seed, { bug });
    if (found.some((each) => BREAKS[bug].test(each)))
      return { bug, seed, by: [...new Set(found.map((each) => each.split(' ')[0] ?? ''))].sort() };
  }
  return { bug, seed: null, by: [] };
}

export const describeCaught = (all: readonly Caught[]): string =>
  ['planted bug                 seed  caught by']
    .concat(all.map(({ bug, seed, by }) => `${bug.padEnd(26)}${String(seed ?? 'no').padStart(6)}  ${by.join(' ')}`))
    .join('\n');
