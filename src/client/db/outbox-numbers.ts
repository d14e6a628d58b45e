import type { LostOutbox, OutboxRow } from '../../sync/outbox-port.ts';
import type { OutboxDatabase } from './outbox-database.ts';
import { toRow, toStored } from './stored-mutation.ts';
import type { StoredMutation } from './stored-mutation.ts';

type Unnumbered = Omit<StoredMutation, 'n'>;

/** Numbers what lies here anew under another client id; each call runs inside the caller's transaction. */
export const outboxNumbers = (db: OutboxDatabase, clientId: () => Promise<string>) => {
  const inOrder = (): Promise<StoredMutation[]> => db.mutations.orderBy('n').toArray();

  /** From 1 in each space, and nothing settled: that was said to the client id before. */
  const fromOne = async <T extends Unnumbered>(rows: readonly T[], fresh: string, former: string): Promise<T[]> => {
    const seqs = new Map<string, number>();
    const numbered = rows.map((row) => {
      const seq = (seqs.get(row.space) ?? 0) + 1;
      seqs.set(row.space, seq);
      return { ...row, seq, settledAt: null, word: undefined };
    });
    await db.meta.put({ k: 'formerId', value: former });
    await db.meta.put({ k: 'clientId', value: fresh });
    await db.seqs.clear();
    await db.seqs.bulkPut([...seqs].map(([space, last]) => ({ space, last })));
    return numbered;
  };

  return {
    async renumber(fresh: string): Promise<OutboxRow[]> {
      const rows = await fromOne(await inOrder(), fresh, await clientId());
      await db.mutations.bulkPut(rows);
      return rows.map((row) => toRow(row));
    },

    /** A second tab that knows of the same finds all of it here. */
    async bringBack(fresh: string, lost: LostOutbox): Promise<boolean> {
      const here = (await inOrder()).map(({ n: _, ...row }): Unnumbered => row);
      const known = new Map(here.map((row) => [row.mid, row]));
      const kept = new Set(await db.media.toCollection().primaryKeys());
      const media = lost.media.filter(({ sha }) => !kept.has(sha));
      const [contact, leftOut] = await db.meta.bulkGet(['lastContactAt', 'leftOut']);
      // Nothing left out is said as well: a tab that was frozen since may bring back what was left out before.
      if (leftOut === undefined) await db.meta.put({ k: 'leftOut', value: lost.leftOut });
      const isLeftOut = leftOut !== undefined || lost.leftOut.length === 0;
      if (isLeftOut && media.length === 0 && lost.rows.every(({ mid }) => known.has(mid))) return false;
      const before = lost.rows.map(
        (row) => known.get(row.mid) ?? toStored({ ...row, seq: 0, asideAt: null, settledAt: null }),
      );
      const mids = new Set(lost.rows.map(({ mid }) => mid));
      // What was written since may build on what was lost.
      const all = [...before, ...here.filter(({ mid }) => !mids.has(mid))];
      const rows = await fromOne(all, fresh, lost.clientId);
      await db.mutations.clear();
      await db.mutations.bulkAdd(rows);
      await db.media.bulkAdd(media.map((row) => ({ ...row, refused: 'lost' as const })));
      if (contact === undefined) await db.meta.put({ k: 'lastContactAt', value: lost.lastContactAt });
      return true;
    },
  };
};
