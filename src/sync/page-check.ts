import type { Page, Receipt } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import { heardUpTo } from './pull-list.ts';

/** What the last page of a space says of this client's own mutations. */
export type LastPage =
  | { type: 'ok'; appliedSeq: number; receiptsAfter: number }
  /** Seqs were used that this phone never gave, or for other mutations. */
  | { type: 'fork' }
  /** The server does not know any more what it once confirmed. */
  | { type: 'loss' };

/**
 * Compares `lastSeq` and the receipts with the outbox. `appliedSeq` only passes mutations whose own receipt, with
 * their own mid, is here, and whose effects lie within the page's version [RC2]: a cloned phone's receipts must
 * not make ours look delivered. `pushed` are receipts that came with the same answer. A page is `pinned` that was asked for
 * up to a version of before: only there may what is known lie behind its end. Any other says all that the server knows,
 * and of a version behind its end the server knows no more [RS2]. `rows`: rows were asked for, and not the server's word alone.
 */
export function checkLastPage(
  memory: EngineMemory,
  page: Omit<Page, 'rows'>,
  lastSeq: number,
  { pushed, pinned, rows: hasRows }: { pushed: readonly Receipt[]; pinned: boolean; rows: boolean },
): LastPage {
  const space = memory.space(page.space);
  const rows = memory.rows.filter((row) => row.space === page.space);
  const bySeq = new Map(page.receipts.map((receipt) => [receipt.seq, receipt.mid]));
  if (rows.some((row) => bySeq.has(row.seq) && bySeq.get(row.seq) !== row.mid)) return { type: 'fork' };
  if (lastSeq > (memory.meta.seqs[page.space] ?? 0)) return { type: 'fork' };

  const here = new Map([...pushed, ...page.receipts].map((receipt) => [receipt.mid, receipt]));
  const verOf = (mid: string): number | undefined => (here.get(mid) ?? memory.receipts.get(mid))?.ver;
  const isWithin = ({ mid, settledAt }: (typeof rows)[number]): boolean => {
    const ver = verOf(mid);
    return ver === undefined ? settledAt !== null : !pinned || ver <= page.upTo;
  };
  const lost = rows.some((row) => row.seq > lastSeq && isWithin(row));
  if (lost || lastSeq < space.appliedSeq) return { type: 'loss' };

  let appliedSeq = lastSeq;
  for (const row of rows) {
    if (row.seq <= space.appliedSeq || row.seq > lastSeq) continue;
    if (!isWithin(row)) appliedSeq = Math.min(appliedSeq, row.seq - 1);
  }
  const heard = heardUpTo(space, hasRows);
  const receiptsAfter = page.receipts.reduce((greatest, { ver }) => Math.max(greatest, ver), heard);
  return { type: 'ok', appliedSeq, receiptsAfter };
}
