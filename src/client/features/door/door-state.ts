import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { Visit, VisitOutcome } from '../../../domain/visit/visit.ts';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Number of the day in Asia/Shanghai, which has had no summer time since 1991. */
export const dayNumber = (ms: number): number => Math.floor((ms + SHANGHAI_MS) / DAY_MS);

/** How a door stands on the chart; `met` and the others carry the day that they were true. */
export interface DoorState {
  outcome: VisitOutcome | 'untouched';
  /** Of the visit that `outcome` is from. */
  at: number | null;
  today: boolean;
  openMatters: number;
}

export const UNTOUCHED: DoorState = { outcome: 'untouched', at: null, today: false, openMatters: 0 };

const ENDED: ReadonlySet<Ticket['state']> = new Set(['closed', 'declined', 'withdrawn', 'merged']);

export const isOpen = (ticket: Pick<Ticket, 'state'>): boolean => !ENDED.has(ticket.state);

/** Folds the visits and matters of one building into the state of each of its doors. */
export function doorStates(
  visits: readonly Pick<Visit, 'place' | 'outcome' | 'at'>[],
  tickets: readonly Pick<Ticket, 'place' | 'state'>[],
  now: number,
): ReadonlyMap<string, DoorState> {
  const states = new Map<string, DoorState>();
  const at = (roomId: string): DoorState => states.get(roomId) ?? UNTOUCHED;
  for (const visit of visits) {
    const { roomId } = visit.place;
    if (roomId === null || visit.at < (at(roomId).at ?? 0)) continue;
    const today = dayNumber(visit.at) === dayNumber(now);
    states.set(roomId, { ...at(roomId), outcome: visit.outcome, at: visit.at, today });
  }
  for (const ticket of tickets) {
    const { roomId } = ticket.place;
    if (roomId !== null && isOpen(ticket))
      states.set(roomId, { ...at(roomId), openMatters: at(roomId).openMatters + 1 });
  }
  return states;
}
