import type { NewMedia, NewOutboxRow, OutboxMeta, OutboxRow, OutboxStore } from '../../sync/outbox-port.ts';
import { addAtOnce } from './add-at-once.ts';
import { OutboxDatabase } from './outbox-database.ts';
import { outboxMedia } from './outbox-media.ts';
import { outboxNumbers } from './outbox-numbers.ts';
import { outboxSettled } from './outbox-settled.ts';
import { isStoredAlready } from './storage-error.ts';
import { numbered, toRow, toStored } from './stored-mutation.ts';
import type { StoredMutation } from './stored-mutation.ts';
import { openTabChannel } from './tab-channel.ts';
import { closeForGood, withReopen } from './with-reopen.ts';

/** The outbox of one member over IndexedDB. Every write is one strict transaction (docs/sync-spec.md, OB1). */
export async function openOutboxStore(memberId: string, newClientId: () => string): Promise<OutboxStore> {
  const db = new OutboxDatabase(memberId);
  const taken = new Set<() => void>();
  // The browser's own event comes only where it takes the database away, not where it is closed from here.
  const listen = (): void => {
    db.backendDB().addEventListener('close', () => {
      for (const listener of [...taken]) listener();
    });
  };
  db.on('ready', listen, true);
  await db.open();
  const channel = openTabChannel<'written'>(`outbox-${memberId}`);
  const tables = [db.mutations.name, db.seqs.name, db.meta.name];
  const withMedia = [...tables, db.media.name, db.mediaBytes.name];
  const media = outboxMedia(db);
  const settled = outboxSettled(db);

  const write = async <T>(work: () => Promise<T>, over = tables): Promise<T> => {
    const result = await withReopen(db, () => db.transaction('rw', over, work));
    channel.tell('written');
    return result;
  };

  /** A new outbox, or one that the browser emptied, is a new client: its seqs begin at 1. */
  const clientId = async (): Promise<string> => {
    const known = await db.meta.get('clientId');
    if (known !== undefined) return known.value as string;
    const fresh = newClientId();
    await db.meta.put({ k: 'clientId', value: fresh });
    return fresh;
  };
  const numbers = outboxNumbers(db, clientId);

  /** An earlier build, or one that is open beside, has not noted it: then it counts from now on. */
  const bornAs = async (client: string): Promise<string> => {
    const known = await db.meta.get('bornAs');
    if (known !== undefined) return known.value as string;
    await db.meta.put({ k: 'bornAs', value: client });
    return client;
  };

  const addNew = async (rows: readonly NewOutboxRow[]): Promise<OutboxRow[]> => {
    const spaces = [...new Set(rows.map(({ space }) => space))];
    const [known] = await Promise.all([db.seqs.bulkGet(spaces), clientId()]);
    const last = new Map(spaces.map((space, n) => [space, known[n]?.last ?? 0]));
    const added = numbered(rows, last);
    await Promise.all([
      db.mutations.bulkAdd(added.map(toStored)),
      db.seqs.bulkPut([...last].map(([space, seq]) => ({ space, last: seq }))),
    ]);
    return added;
  };

  /** Those that are there already are answered as they were stored [OB2]. */
  const addMissing = async (rows: readonly NewOutboxRow[]): Promise<OutboxRow[]> => {
    const found = await db.mutations
      .where('mid')
      .anyOf(rows.map(({ mid }) => mid))
      .toArray();
    const at = await settled.at();
    const stored = new Map(found.map((row) => [row.mid, toRow(row, at(row))]));
    const missing = new Map(rows.filter(({ mid }) => !stored.has(mid)).map((row) => [row.mid, row]));
    for (const row of await addNew([...missing.values()])) stored.set(row.mid, row);
    return rows.map(({ mid }) => stored.get(mid)!);
  };

  const addThroughDexie = async (rows: readonly NewOutboxRow[], bytes: readonly NewMedia[]): Promise<OutboxRow[]> => {
    // A save without photos locks nothing that an upload reads.
    const over = bytes.length > 0 ? withMedia : tables;
    const storeAll = (addRows: typeof addNew) => async (): Promise<OutboxRow[]> => {
      const added = await addRows(rows);
      for (const one of bytes) await media.add(one);
      return added;
    };
    try {
      return await write(storeAll(addNew), over);
    } catch (error) {
      // Nothing was stored. A lost handle was opened anew over a write that had gone through, or a file of rescue came twice.
      if (!isStoredAlready(error)) throw error;
      return write(storeAll(addMissing), over);
    }
  };

  const add = async (rows: readonly NewOutboxRow[], bytes: readonly NewMedia[]): Promise<OutboxRow[]> => {
    if (rows.length > 0 && bytes.length === 0 && db.isOpen()) {
      const written = (): void => {
        channel.tell('written');
      };
      const added = await addAtOnce(db, rows, written).catch(() => null);
      if (added !== null) return added;
    }
    return addThroughDexie(rows, bytes);
  };

  /** Both as of one moment: the runs of another client id say nothing of these rows. */
  const all = async (): Promise<OutboxRow[]> => {
    const at = await settled.at();
    return (await db.mutations.orderBy('n').toArray()).map((row) => toRow(row, at(row)));
  };

  const meta = async (): Promise<OutboxMeta> => {
    const [noted, counters, id] = await Promise.all([db.meta.toArray(), db.seqs.toArray(), clientId()]);
    const values = new Map(noted.map(({ k, value }) => [k, value]));
    const seqs = Object.fromEntries(counters.map(({ space, last }) => [space, last]));
    return {
      clientId: id,
      bornAs: await bornAs(id),
      formerId: (values.get('formerId') as string | undefined) ?? null,
      lastContactAt: (values.get('lastContactAt') as number | undefined) ?? null,
      leftOut: (values.get('leftOut') as readonly string[] | undefined) ?? [],
      signIn: (values.get('signIn') as string | undefined) ?? null,
      seqs,
    };
  };

  const change = async (mids: readonly string[], next: Partial<StoredMutation>): Promise<void> => {
    await db.mutations
      .where('mid')
      .anyOf([...mids])
      .modify(next);
  };

  const settle: OutboxStore['settle'] = async (client, rows, at) => {
    if (!(await settled.mark(client, rows, at))) return;
    if (at === null) {
      // Those that an older build marked, each by itself.
      await change(
        rows.map(({ mid }) => mid),
        { settledAt: null, word: undefined },
      );
      return;
    }
    for (const { mid, word } of rows) if (word !== undefined) await change([mid], { word: word ?? undefined });
  };

  return {
    add: (rows, bytes = []) => add(rows, bytes),
    all: () => withReopen(db, () => db.transaction('r', [db.mutations, db.meta], all)),
    putAside: (mid, at, since) => write(() => change([mid], { asideAt: at, asideSince: since })),
    settle: (client, rows, at) => write(() => settle(client, rows, at)),
    remove: (mids, refused = []) =>
      write(
        async () => {
          if (refused.length > 0) await media.release(refused);
          await db.mutations
            .where('mid')
            .anyOf([...mids])
            .delete();
          await settled.tidy();
        },
        refused.length > 0 ? withMedia : tables,
      ),
    renumber: (fresh) => write(() => numbers.renumber(fresh)),
    bringBack: (fresh, lost) => write(() => numbers.bringBack(fresh, lost), withMedia),
    // One that an earlier build wrote says nothing of these.
    media: () =>
      withReopen(db, async () =>
        (await db.media.toArray()).map((row) => ({
          ...row,
          isThumb: row.isThumb ?? false,
          asideSince: row.asideSince ?? null,
          broughtAt: row.broughtAt ?? null,
        })),
      ),
    mediaBytes: (sha) => withReopen(db, async () => (await db.mediaBytes.get(sha))?.bytes ?? null),
    changeMedia: (sha, next) =>
      write(async () => {
        await db.media.update(sha, next);
      }, withMedia),
    removeMedia: (sha, mids) => write(() => media.remove(sha, mids), withMedia),
    removeBrought: (sha, mids) => write(() => media.remove(sha, mids, { ifBrought: true }), withMedia),
    meta: () => withReopen(db, () => db.transaction('rw', tables, meta)),
    putMeta: (next) =>
      write(async () => {
        for (const [k, value] of Object.entries(next)) if (value !== undefined) await db.meta.put({ k, value });
      }),
    onForeignChange: (listener) => {
      taken.add(listener);
      const forget = channel.onMessage(listener);
      return () => {
        taken.delete(listener);
        forget();
      };
    },
    close: () => {
      taken.clear();
      channel.close();
      closeForGood(db);
    },
  };
}
