import Dexie from 'dexie';
import type { Table } from 'dexie';
import type { Answers, Question } from './questions.ts';

interface RawRow {
  id: string;
  kind: string;
  state: string;
  loggedAt: number;
}

/** One fetch, one parse, one bulkPut with three indexes. */
class RawDatabase extends Dexie {
  tickets!: Table<RawRow, string>;

  constructor() {
    super('raw-limit');
    this.version(1).stores({ tickets: 'id, kind, state, [kind+state+loggedAt]' });
  }
}

export async function rawPull(count: number): Promise<number> {
  await Dexie.delete('raw-limit');
  const started = performance.now();
  const db = new RawDatabase();
  const response = await fetch(`/raw/rows/${count}`);
  const rows = (await response.json()) as { id: string; ver: number; d: Omit<RawRow, 'id'> }[];
  await db.tickets.bulkPut(rows.map(({ id, ver, d }) => ({ id, ver, ...d })));
  return performance.now() - started;
}

export async function rawAsk({ id, states }: Question): Promise<Answers> {
  const { tickets } = new RawDatabase();
  const byId = await tickets.get(id);
  const newest = await tickets
    .where('[kind+state+loggedAt]')
    .between(['issue', 'closed', Dexie.minKey], ['issue', 'closed', Dexie.maxKey])
    .reverse()
    .limit(50)
    .toArray();
  const counts: Record<string, number> = {};
  for (const state of states) counts[state] = await tickets.where('state').equals(state).count();
  return { ms: performance.now(), byId: byId?.id ?? '', newest: newest.map((row) => row.id), counts };
}
