import Dexie from 'dexie';
import type { Table } from 'dexie';
import type { Pair } from '../../figure.ts';
import { ticketAt } from '../make-tickets.ts';
import { browserIds } from '../../../src/client/platform/browser-ids.ts';
import type { SaveRequest, SyncEngine } from '../../../src/sync/engine-api.ts';

class RawOutbox extends Dexie {
  rows!: Table<{ n?: number; bytes: Uint8Array }, number>;

  constructor() {
    super('raw-outbox', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ rows: '++n' });
  }
}

/** What a volunteer writes down at a door. */
export function logDraft(n: number, grid: string): SaveRequest {
  const { urgent, place, consent, text } = ticketAt(n, grid);
  const id = browserIds.record();
  const args = {
    id,
    kind: 'issue',
    item: 'WY09',
    itemVersion: 1,
    text,
    urgent,
    place,
    visitId: null,
    slipId: null,
    contactId: null,
    consent,
  };
  return { space: `grid:${grid}`, name: 'ticket.log', v: 1, args, about: { kind: 'ticket', id } };
}

/** Saves in turn: one through the engine, one raw strict put of the same bytes. Each pair is the sums of a batch. */
export async function timeSaves(engine: SyncEngine, grid: string, runs: number, batch: number): Promise<Pair[]> {
  const raw = new RawOutbox();
  await raw.open();
  const pairs: Pair[] = [];
  for (let run = 0; run < runs; run++) {
    const sums = { ms: 0, limitMs: 0 };
    for (let n = 0; n < batch; n++) {
      const draft = logDraft(run * batch + n, grid);
      const started = performance.now();
      const [row] = await engine.save([draft]);
      sums.ms += performance.now() - started;
      const bytes = new TextEncoder().encode(JSON.stringify(row));
      const rawStarted = performance.now();
      await raw.rows.add({ bytes });
      sums.limitMs += performance.now() - rawStarted;
    }
    pairs.push({ ms: sums.ms / batch, limitMs: sums.limitMs / batch });
  }
  raw.close();
  await raw.delete();
  return pairs;
}
