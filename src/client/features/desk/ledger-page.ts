import type { ViewRecord } from '../../../sync/engine-api.ts';

type TicketRow = ViewRecord<'ticket'>;

/** One page of the view's list, behind a record. */
export type ReadPage = (after: { sort: number; id: string } | undefined, limit: number) => TicketRow[];

export interface LedgerPage {
  rows: TicketRow[];
  /** False where the list goes on: there may be more. */
  complete: boolean;
}

/** So many at first, then twice as many each time: what is long is not read in a great many steps. */
const PAGE = 200;

/**
 * Walks the view's pages until `wanted` rows match, and no further: a ledger of many thousand tickets
 * is not read whole to show its first screen.
 */
export function collectLedger(read: ReadPage, matches: (row: TicketRow) => boolean, wanted: number): LedgerPage {
  const rows: TicketRow[] = [];
  let after: { sort: number; id: string } | undefined;
  for (let limit = PAGE; ; limit *= 2) {
    const page = read(after, limit);
    for (const row of page) {
      if (!matches(row)) continue;
      if (rows.length === wanted) return { rows, complete: false };
      rows.push(row);
    }
    const last = page.at(-1);
    if (page.length < limit || !last) return { rows, complete: true };
    after = { sort: last.data.loggedAt, id: last.id };
  }
}
