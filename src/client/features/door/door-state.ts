import { hasEnded } from '../../../domain/ticket/ticket-transitions.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { Visit, VisitOutcome } from '../../../domain/visit/visit.ts';
import { dayOf } from '../../../domain/time/shanghai-day.ts';

/** How a door stands on the chart; `met` and the others carry the day that they were true. */
export interface DoorState {
  outcome: VisitOutcome | 'untouched';
  /** Of the visit that `outcome` is from. */
  at: number | null;
  today: boolean;
  openMatters: number;
}

export const UNTOUCHED: DoorState = { outcome: 'untouched', at: null, today: false, openMatters: 0 };

/** Folds the visits and matters of one building into the state of each of its doors, on this day. */
export function doorStates(
  visits: readonly Pick<Visit, 'place' | 'outcome' | 'at'>[],
  tickets: readonly Pick<Ticket, 'place' | 'state'>[],
  today: number,
): ReadonlyMap<string, DoorState> {
  const states = new Map<string, DoorState>();
  const at = (roomId: string): DoorState => states.get(roomId) ?? UNTOUCHED;
  for (const visit of visits) {
    const { roomId } = visit.place;
    if (roomId === null || visit.at < (at(roomId).at ?? 0)) continue;
    states.set(roomId, { ...at(roomId), outcome: visit.outcome, at: visit.at, today: dayOf(visit.at) === today });
  }
  for (const ticket of tickets) {
    const { roomId } = ticket.place;
    if (roomId !== null && !hasEnded(ticket.state))
      states.set(roomId, { ...at(roomId), openMatters: at(roomId).openMatters + 1 });
  }
  return states;
}
