import type { NewOutboxRow, OutboxRow } from '../../sync/outbox-port.ts';
import type { OutboxDatabase } from './outbox-database.ts';
import { numbered, toStored } from './stored-mutation.ts';

/**
 * Stores new rows in one strict transaction of the browser's own: a person stands at a door until it has ended, and
 * Dexie's way through it costs as much again as the browser's [OB1]. Rejects where anything at all is in the way, a mid
 * that is there already or a handle that was lost; nothing is stored then, and Dexie's way finds out what it was.
 * `written` is called while the disk is at work: whoever reads then waits for the end by itself.
 */
export async function addAtOnce(
  db: OutboxDatabase,
  rows: readonly NewOutboxRow[],
  written: () => void,
): Promise<OutboxRow[]> {
  const names = [db.mutations.name, db.seqs.name, db.meta.name];
  const trx = db.backendDB().transaction(names, 'readwrite', { durability: 'strict' });
  const ended = endOf(trx);
  const mutations = trx.objectStore(db.mutations.name);
  const seqs = trx.objectStore(db.seqs.name);
  const client: IDBRequest<unknown> = trx.objectStore(db.meta.name).get('clientId');
  const spaces = [...new Set(rows.map(({ space }) => space))];
  const counters = spaces.map((space) => seqs.get(space) as IDBRequest<{ last: number } | undefined>);
  let added: OutboxRow[] = [];

  const write = (): void => {
    if (client.result === undefined) throw new Error('a new outbox');
    const last = new Map(spaces.map((space, n) => [space, counters[n]!.result?.last ?? 0]));
    added = numbered(rows, last);
    for (const row of added) mutations.add(toStored(row));
    for (const [space, seq] of last) seqs.put({ space, last: seq });
    // Nothing follows: it need not wait until each has said that it was written.
    trx.commit();
    written();
  };
  // Answers come in the order of asking.
  counters.at(-1)!.onsuccess = () => {
    try {
      write();
    } catch {
      trx.abort();
    }
  };
  await ended;
  return added;
}

const endOf = (trx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    trx.oncomplete = () => {
      resolve();
    };
    trx.onabort = () => {
      reject(trx.error ?? new Error('aborted'));
    };
  });
