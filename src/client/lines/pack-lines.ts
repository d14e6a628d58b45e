import { lineOf } from '../../protocol/sync-lines.ts';
import type { StoredRow } from '../../sync/cache-port.ts';
import { joinBytes } from './join-bytes.ts';
import { LineRow } from './line-row.ts';

const encoder = new TextEncoder();

/** Neighbours in the same bytes are taken as one run. */
function runsOf(rows: readonly StoredRow[]): Uint8Array[] {
  const runs: Uint8Array[] = [];
  let open: { bytes: Uint8Array; from: number; to: number } | null = null;
  const end = (): void => {
    if (open !== null) runs.push(open.bytes.subarray(open.from, open.to));
    open = null;
  };
  for (const row of rows) {
    if (!(row instanceof LineRow)) {
      end();
      runs.push(encoder.encode(`${lineOf(row)}\n`));
    } else if (open !== null && (open as { bytes: Uint8Array }).bytes === row.bytes && open.to === row.place.from) {
      open.to = row.place.to + 1;
    } else {
      end();
      open = { bytes: row.bytes, from: row.place.from, to: row.place.to + 1 };
    }
  }
  end();
  return runs;
}

/** Rows as lines, each with its end, in bytes of their own. */
export function packLines(rows: readonly StoredRow[]): Uint8Array<ArrayBuffer> {
  return joinBytes(runsOf(rows));
}
