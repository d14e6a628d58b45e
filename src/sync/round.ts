import type { SpaceId } from '../domain/space/space.ts';

/** Where a push was stopped: `alone` says that it is this mutation and nothing that was sent with it. */
export interface Later {
  space: SpaceId;
  mid: string;
  alone: boolean;
  retryAfterMs: number | null;
}

/** What one answer did, and what it leaves to be asked in the same pass. */
export interface Round {
  /** Spaces to be named again. */
  open: Set<SpaceId>;
  /** Spaces that moved, for the screen. */
  moved: Set<SpaceId>;
  /** Mutations at which the server asked for time. */
  later: Later[];
  /** Something went forward; a pass of rounds without any is given up. */
  progress: boolean;
  /** Client id or spaces were repaired: the rest of the answer no longer fits what is here. */
  repaired: boolean;
  /** Rows that came in. */
  rows: number;
  fault: string | null;
}

export const newRound = (): Round => ({
  open: new Set(),
  moved: new Set(),
  later: [],
  progress: false,
  repaired: false,
  rows: 0,
  fault: null,
});

export function markRepaired(round: Round, fault: string): void {
  round.repaired = true;
  round.progress = true;
  round.fault = fault;
}
