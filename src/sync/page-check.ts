import type { Page, Receipt } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';

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
 * not make ours look delivered. `pushed` are receipts that came with the same answer.
 */
export function checkLastPage(
  memory: EngineMemory,
  page: Omit<Page, 'rows'>,
  lastSeq: number,
  pushed: readonly Receipt[],
): LastPage {
  const space = memory.space(page.space);
  const rows = memory.rows.filter((row) => row.space === page.space);
  const bySeq = new Map(page.receipts.map((receipt) => [receipt.seq, receipt.mid]));
  if (rows.some((row) => bySeq.has(row.seq) && bySeq.get(row.seq) !== row.mid)) return { type: 'fork' };
  if (lastSeq > (memory.meta.seqs[page.space] ?? 0)) return { type: 'fork' };

  const here = new Map([...pushed, ...page.receipts].map((receipt) => [receipt.mid, receipt]));
  const verOf = (mid: string): number | undefined => (here.get(mid) ?? memory.receipts.get(mid))?.ver;
  const lost = rows.some((row) => {
    if (row.seq <= lastSeq) return false;
    const ver = verOf(row.mid);
    return ver === undefined ? row.settledAt !== null : ver <= page.upTo;
  });
  if (lost || lastSeq < space.appliedSeq) return { type: 'loss' };

  let appliedSeq = lastSeq;
  for (const row of rows) {
    if (row.seq <= space.appliedSeq || row.seq > lastSeq) continue;
    const ver = verOf(row.mid);
    const within = ver === undefined ? row.settledAt !== null : ver <= page.upTo;
    if (!within) appliedSeq = Math.min(appliedSeq, row.seq - 1);
  }
  const receiptsAfter = page.receipts.reduce((greatest, { ver }) => Math.max(greatest, ver), space.receiptsAfter);
  return { type: 'ok', appliedSeq, receiptsAfter };
}
