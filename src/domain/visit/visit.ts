import type { Place } from '../place/place.ts';

export type VisitOutcome = 'met' | 'notHome' | 'refused';

/** 走访: who went to which door, when, what came of it. */
export interface Visit {
  place: Place;
  householdId: string | null;
  outcome: VisitOutcome;
  byId: string;
  byName: string;
  /** Server's reckoning; `deviceAt` is what the phone's clock said. */
  at: number;
  deviceAt: number;
}
