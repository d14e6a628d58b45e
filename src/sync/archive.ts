import type { EngineMemory } from './engine-memory.ts';
import { heldDecisions } from './held-decision.ts';
import type { SettledRow } from './outbox-port.ts';
import { ifRoom } from './if-room.ts';

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
    // Where there is no room for the mark it is kept here, and what was settled is asked for once more after the next start.
    await ifRoom(memory.deps.outbox.settle(memory.meta.clientId, [...settled.values()], serverTime));
    memory.rows = memory.rows.map((row) => {
      const marked = settled.get(row.mid);
      if (marked === undefined) return row;
      const word = marked.word === undefined ? row.word : (marked.word ?? undefined);
      return { ...row, word, settledAt: serverTime };
    });
    memory.outboxChanged();
  }
  await stampAside(memory, serverTime);
  const decisions = heldDecisions(memory);
  const old = memory.rows.filter((row) => {
    if (row.settledAt === null || Math.max(row.settledAt, row.asideSince ?? 0) + ARCHIVE_MS > serverTime) return false;
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

/** What was put aside before the server's time was known, or by an earlier build: the phone's clock may be wrong. */
async function stampAside(memory: EngineMemory, asideSince: number): Promise<void> {
  const unstamped = memory.rows.filter((row) => row.asideAt !== null && row.asideSince === undefined);
  for (const { mid, asideAt } of unstamped) {
    await ifRoom(memory.deps.outbox.putAside(mid, asideAt ?? asideSince, asideSince));
    memory.rows = memory.rows.map((row) => (row.mid === mid ? { ...row, asideSince } : row));
  }
}

/** Those that the outbox does not know as settled yet, or whose word it does not have: an earlier build left that to the cache. */
function settledNow({ rows, receipts }: EngineMemory): SettledRow[] {
  return rows.flatMap(({ mid, space, seq, settledAt, word: known }): SettledRow[] => {
    const receipt = receipts.get(mid);
    if (receipt === undefined) return [];
    const { space: _, ...said } = receipt;
    const word = said.status === 'applied' ? null : said;
    const hasNone = word === null && known === undefined;
    if (settledAt !== null && (hasNone || (word !== null && known !== undefined))) return [];
    return [hasNone ? { mid, space, seq } : { mid, space, seq, word }];
  });
}
