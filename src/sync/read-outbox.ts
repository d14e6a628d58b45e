import type { SpaceId } from '../domain/space/space.ts';
import { bringBack, isMadeAnew } from './bring-back.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { OutboxMeta, OutboxRow } from './outbox-port.ts';

/** Reads the outbox, once more where it was changed from here, or read by somebody else, in the meantime. */
export async function readOutboxRows(memory: EngineMemory): Promise<void> {
  const { outbox } = memory.deps;
  for (let isBroughtBack = false; ;) {
    const turn = memory.outboxTurn;
    const meta = await outbox.meta();
    // Bytes first: whatever names them is among the rows then, or is settled and gone.
    const media = await outbox.media();
    const rows = await outbox.all();
    if (turn !== memory.outboxTurn) continue;
    if (isBroughtBack || !isMadeAnew(memory, meta)) return memory.takeOutbox(meta, rows, media);
    await bringBack(memory);
    // By this tab or by another one: what was read is from before.
    isBroughtBack = true;
  }
}

/** The last seq of each space, where these rows are given as well. */
export function raisedSeqs(seqs: OutboxMeta['seqs'], rows: readonly OutboxRow[]): Record<SpaceId, number> {
  const raised = { ...seqs };
  for (const { space, seq } of rows) raised[space] = Math.max(raised[space] ?? 0, seq);
  return raised;
}

/**
 * The outbox was put back to what it was. The cache counts seqs that it never gave, and what is written under them now would
 * look settled by what was written under them then; or it has the server's word on others under the seqs of what lies here,
 * which would look settled by that [FK1].
 */
export async function isOutboxPutBack(memory: EngineMemory): Promise<boolean> {
  const { clientId } = memory.meta;
  const isOlder = ({ seqs }: Pick<OutboxMeta, 'seqs'>): boolean =>
    [...memory.spaces.values()].some(({ id, appliedSeq }) => appliedSeq > (seqs[id] ?? 0));
  if (!isOlder(memory.meta) && !hasOthersWord(memory)) return false;
  // Another tab may have written, and been answered, since the outbox was read; or taken another client id.
  const now = await memory.deps.outbox.meta();
  return now.clientId === clientId && (isOlder(now) || hasOthersWord(memory));
}

function hasOthersWord({ rows, receipts }: EngineMemory): boolean {
  const given = new Map(rows.map(({ space, seq, mid }) => [`${space} ${seq}`, mid]));
  return [...receipts.values()].some(({ space, seq, mid }) => (given.get(`${space} ${seq}`) ?? mid) !== mid);
}
