import type { EngineMemory } from './engine-memory.ts';
import { heldDecisions } from './held-decision.ts';
import type { OutboxRow } from './outbox-port.ts';

/** So long a settled mutation stays here, to be sent again should the server have lost it [OB5]. */
export const ARCHIVE_MS = 30 * 24 * 60 * 60_000;

/**
 * Marks what has been settled since the last pass at the server's time, and lets go of what the archive no longer
 * needs: applied, accepted by a coordinator, or put aside by its author. What was refused or held stands until its
 * author has seen to it.
 */
export async function keepArchive(memory: EngineMemory, serverTime: number): Promise<void> {
  const settled = new Map(settledNow(memory).map((row) => [row.mid, row]));
  if (settled.size > 0) {
    await memory.deps.outbox.settle(memory.meta.clientId, [...settled.values()], serverTime);
    memory.rows = memory.rows.map((row) => {
      const marked = settled.get(row.mid);
      return marked === undefined ? row : { ...marked, settledAt: serverTime };
    });
    memory.outboxChanged();
  }
  const decisions = heldDecisions(memory);
  const old = memory.rows.filter((row) => {
    if (row.settledAt === null || Math.max(row.settledAt, row.asideAt ?? 0) + ARCHIVE_MS > serverTime) return false;
    if (row.seq > memory.space(row.space).appliedSeq) return false;
    const status = memory.wordOn(row)?.status;
    return status === 'applied' || row.asideAt !== null || decisions.get(row.mid)?.as === 'accepted';
  });
  if (old.length === 0) return;
  const gone = new Set(old.map((row) => row.mid));
  const refused = old.filter((row) => memory.wordOn(row)?.status === 'rejected').map((row) => row.mid);
  await memory.deps.outbox.remove([...gone], refused);
  await memory.deps.cache.dropReceipts([...gone]);
  for (const mid of gone) memory.receipts.delete(mid);
  memory.rows = memory.rows.filter((row) => !gone.has(row.mid));
  memory.outboxChanged();
  if (refused.length > 0) await memory.readMedia();
}

/** Those that the outbox does not know as settled yet, or whose word it does not have: an earlier build left that to the cache. */
function settledNow({ rows, receipts }: EngineMemory): OutboxRow[] {
  return rows.flatMap((row) => {
    const receipt = receipts.get(row.mid);
    if (receipt === undefined) return [];
    if (receipt.status === 'applied') return row.settledAt === null ? [row] : [];
    const { space: _, ...word } = receipt;
    return row.settledAt === null || row.word === undefined ? [{ ...row, word }] : [];
  });
}
