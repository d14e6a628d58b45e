import type { SpaceId } from '../domain/space/space.ts';
import type { TextResponse } from '../protocol/sync-lines.ts';
import type { PushedMutation, Receipt, SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import { unsentRows } from './push-batch.ts';
import { repairFork, repairLoss } from './repair.ts';
import { markRepaired } from './round.ts';
import type { Round } from './round.ts';

/** Collects the receipts of a push by space, and sees to what stopped it [PS4]. */
export async function takePushed(
  memory: EngineMemory,
  request: SyncRequest,
  response: TextResponse,
  round: Round,
): Promise<Map<SpaceId, Receipt[]>> {
  const receipts = new Map<SpaceId, Receipt[]>();
  const stopped = new Set<SpaceId>();
  const waiting = new Set(unsentRows(memory).map((row) => row.mid));
  for (const [run, { space, stop, lastSeq, receipts: received }] of response.pushed.entries()) {
    receipts.set(space, [...(receipts.get(space) ?? []), ...received]);
    // A word on anything else than what waits here brings nobody further: such a server is not asked for ever.
    if (received.some(({ mid }) => waiting.has(mid))) round.progress = true;
    // What follows a stop in the same space can only be a gap.
    if (stop === null || stopped.has(space)) continue;
    stopped.add(space);
    if (stop.reason === 'retry') {
      const later = stoppedAt(request.push[run]?.mutations ?? [], stop.seq);
      if (later !== null) round.later.push({ space, ...later, retryAfterMs: stop.retryAfterMs });
      continue;
    }
    if (stop.reason === 'fork') await repairFork(memory);
    else await repairLoss(memory, space, lastSeq);
    markRepaired(round, stop.reason);
    break;
  }
  return receipts;
}

/** The mutation that was stopped at. Where it is the first of several, any of them may be the reason. */
function stoppedAt(run: readonly PushedMutation[], seq: number): { mid: string; alone: boolean } | null {
  const at = run.findIndex((mutation) => mutation.seq === seq);
  const stopped = run[Math.max(0, at)];
  return stopped === undefined ? null : { mid: stopped.mid, alone: at > 0 || run.length === 1 };
}
