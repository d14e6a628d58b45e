import Dexie from 'dexie';
import type { OutboxRow } from '../../sync/outbox-port.ts';
import type { OutboxDatabase } from './outbox-database.ts';
import { markRuns, settledIn } from './settled-runs.ts';
import type { SettledRun } from './settled-runs.ts';
import type { StoredMutation } from './stored-mutation.ts';

/** Seqs say something under their client id alone: an older build's tab that renumbers leaves this where it is. */
interface SettledRuns {
  client: string;
  spaces: Record<string, SettledRun[]>;
}

const KEY = 'settled';

/**
 * What was settled, as runs of seqs beside the mutations: writing each of five hundred anew was more than half of a
 * phone's work in sending them. Each call runs inside the caller's transaction. Rows that an older build marked carry the
 * mark themselves.
 */
export const outboxSettled = (db: OutboxDatabase) => {
  const read = async (): Promise<SettledRuns> => {
    const [runs, client] = await db.meta.bulkGet([KEY, 'clientId']);
    const known = runs?.value as SettledRuns | undefined;
    const id = (client?.value as string | undefined) ?? '';
    return known?.client === id ? known : { client: id, spaces: {} };
  };

  const put = (runs: SettledRuns): Promise<unknown> => db.meta.put({ k: KEY, value: runs });

  return {
    /** When each was settled, its own mark first. */
    async at(): Promise<(row: Pick<StoredMutation, 'space' | 'seq' | 'settledAt'>) => number | null> {
      const { spaces } = await read();
      return ({ space, seq, settledAt }) => settledAt ?? settledIn(spaces[space] ?? [], seq);
    },

    /** False where another tab has taken a new client id: these seqs are other mutations by now. */
    async mark(client: string, rows: readonly Pick<OutboxRow, 'space' | 'seq'>[], at: number | null): Promise<boolean> {
      const runs = await read();
      if (runs.client !== client) return false;
      const seqs = new Map<string, number[]>();
      for (const { space, seq } of rows) {
        const known = seqs.get(space);
        if (known === undefined) seqs.set(space, [seq]);
        else known.push(seq);
      }
      for (const [space, marked] of seqs) runs.spaces[space] = markRuns(runs.spaces[space] ?? [], marked, at);
      await put(runs);
      return true;
    },

    /** Forgets the marks of what stands before the first mutation of its space. */
    async tidy(): Promise<void> {
      const runs = await read();
      for (const [space, marked] of Object.entries(runs.spaces)) {
        const first = await db.mutations
          .where('[space+seq]')
          .between([space, Dexie.minKey], [space, Dexie.maxKey])
          .first();
        const left = marked.filter(([, to]) => first !== undefined && to >= first.seq);
        if (left.length > 0) runs.spaces[space] = left;
        else delete runs.spaces[space];
      }
      await put(runs);
    },
  };
};
