import { backoffMs } from './backoff.ts';
import type { TransportFault } from './transport-port.ts';

/** Why a mutation does not get through while others do: the server asks for time, or its request fails. */
export type TroubleFault = TransportFault | 'retry';

/** One mutation that could not be settled though it was sent alone; kept in memory, by mid. */
export interface Trouble {
  fault: TroubleFault;
  /** Tries alone, one after the other, that ended so. */
  tries: number;
  /** Not even holding it for a coordinator was possible: its author is told, and it goes on trying [PS11]. */
  stuck: boolean;
  /** Ticks at the last try, and how long the next one waits. */
  since: number;
  waitMs: number;
}

/** After so many failures of one mutation alone it is handed in for a coordinator [PS7]. */
export const QUARANTINE_AFTER = 10;
/** A request that is refused as it is will be refused again: less patience is needed [PS10]. */
const REFUSED_AFTER = 3;
/** One that is stuck asks to be held as soon as it has failed once more: what kept it from that may have been a moment's [PS11]. */
const STUCK_AFTER = 1;
/** Between two tries of one that is not stuck: passes come at least this often anyway. */
const LONGEST_WAIT_MS = 60_000;
const STUCK_WAIT_MS = 5 * 60_000;
/** Between its try as it was written and the one to be held. */
const HOLD_WAIT_MS = 1000;

const isRefused = (fault: TroubleFault): boolean =>
  fault === 'refused' || fault === 'not_doorstep' || fault === 'too_large';

function triesBeforeHolding({ fault, stuck }: Trouble): number {
  if (stuck) return STUCK_AFTER;
  return isRefused(fault) ? REFUSED_AFTER : QUARANTINE_AFTER;
}

/** Is the next try to ask that it be held? */
export const asksToHold = (trouble: Trouble): boolean => trouble.tries >= triesBeforeHolding(trouble);

/** What one more failure makes of it. `alone`: nothing else was in the run, so that it is this one's. */
export function afterFailure(
  before: Trouble | undefined,
  { fault, alone, retryAfterMs }: { fault: TroubleFault; alone: boolean; retryAfterMs: number | null },
  ticks: number,
  random: number,
): Trouble {
  const refusedToHold = before !== undefined && asksToHold(before);
  const stuck = refusedToHold || before?.stuck === true;
  // Where not even holding helps, the fault lies elsewhere: it goes as it was written first, so that a server that has been
  // mended applies it after all.
  const tries = refusedToHold ? 0 : (before?.tries ?? 0) + (alone ? 1 : 0);
  const trouble = { fault, tries, stuck, since: ticks };
  return { ...trouble, waitMs: Math.max(waitAfter(trouble, random), retryAfterMs ?? 0) };
}

function waitAfter({ tries, stuck }: Pick<Trouble, 'tries' | 'stuck'>, random: number): number {
  if (stuck) return tries >= STUCK_AFTER ? HOLD_WAIT_MS : STUCK_WAIT_MS;
  return Math.min(LONGEST_WAIT_MS, backoffMs(tries, 0.5 + random / 2, null));
}

/** How long until the next try; 0 where it is due. */
export const waitLeft = ({ since, waitMs }: Trouble, ticks: number): number => Math.max(0, since + waitMs - ticks);
