import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { forceCloseDatabase } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { OutboxDatabase } from '../../src/client/db/outbox-database.ts';
import { deleteCache, openCacheStore } from '../../src/client/db/open-cache-store.ts';
import { DraftsForgotten, openDraftStore } from '../../src/client/db/open-draft-store.ts';
import { openOutboxStore } from '../../src/client/db/open-outbox-store.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import { contentHash, EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import { CacheDatabase } from '../../src/client/db/cache-database.ts';
import type { IndexRegistry } from '../../src/domain/record/index-definition.ts';
import { createPageMaker } from '../../src/client/lines/page-maker.ts';
import type { CacheStore, ForeignCacheChange, PageRows, StoredRow } from '../../src/sync/cache-port.ts';
import type { MadeBy } from '../../src/sync/segment.ts';
import { ticketWith } from '../../src/client/features/desk/ticket-for-tests.ts';
import { cacheContract } from './cache-contract.ts';
import { firstScreenContract } from './first-screen-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { outboxMediaContract } from './outbox-media-contract.ts';
import { packRows } from '../support/pack-rows.ts';

const MADE = { build: 'test', indexes };
const STATE = { client: 'c', epoch: 'e', allowed: [], member: null, lastSyncAt: 3 };
const SPACE = {
  id: 'grid:1',
  cursor: { ver: 4, id: '~/' },
  upTo: null,
  done: true,
  appliedSeq: 1,
  receiptsAfter: 4,
  digest: EMPTY_DIGEST,
};
const RECEIPT = { seq: 1, mid: 'm1', status: 'applied', code: '', data: {}, ver: 4 };

const opened: { close(): void }[] = [];
let count = 0;

const keep = <T extends { close(): void }>(store: T): T => {
  opened.push(store);
  return store;
};

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  vi.restoreAllMocks();
});

describe('outbox over IndexedDB', () => {
  test.each([...outboxContract, ...outboxMediaContract])('$name', async ({ run }) => {
    const member = `m${++count}`;
    await run(async () => keep(await openOutboxStore(member, () => 'client-1')));
  });

  test('args lie as bytes under key 0, so that encryption needs no other schema', async () => {
    const member = `m${++count}`;
    const store = keep(await openOutboxStore(member, () => 'client-1'));
    const args = { text: '楼道脏乱' };
    await store.add([{ mid: 'a', space: 'grid:1', name: 'ticket.log', v: 1, args, at: 1, saveId: 's', about: null }]);
    const db = keep(new OutboxDatabase(member));
    const raw = await db.mutations.toArray();
    expect(raw[0]?.keyId).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(raw[0]?.args))).toEqual(args);
  });

  test('an outbox that the browser emptied is another client', async () => {
    const member = `m${++count}`;
    let made = 0;
    const store = keep(await openOutboxStore(member, () => `client-${++made}`));
    expect((await store.meta()).clientId).toBe('client-1');
    const db = keep(new OutboxDatabase(member));
    await Promise.all(db.tables.map((table) => table.clear()));
    expect(await store.meta()).toMatchObject({ clientId: 'client-2', bornAs: 'client-2' });
  });

  test('[OB10] a database that the browser takes away is read anew, but not one that is closed from here', async () => {
    const member = `m${++count}`;
    const opened = vi.spyOn(IDBFactory.prototype, 'open');
    const store = keep(await openOutboxStore(member, () => 'client-1'));
    let told = 0;
    store.onForeignChange(() => (told += 1));
    const connection = (): IDBDatabase => opened.mock.results.at(-1)!.value.result as IDBDatabase;
    for (const times of [1, 2]) {
      const taken = connection();
      forceCloseDatabase(taken as never);
      await expect.poll(() => told).toBe(times);
      await store.meta();
      expect(connection()).not.toBe(taken);
    }
    const closed = connection();
    store.close();
    forceCloseDatabase(closed as never);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toBe(2);
  });

  describe('beside which a tab of an older build is open', () => {
    /** It marks each mutation by itself, and knows of no runs. */
    async function beside(mids: string[]) {
      const member = `m${++count}`;
      const store = keep(await openOutboxStore(member, () => 'client-1'));
      const rows = await store.add(
        mids.map((mid) => ({ mid, space: 'grid:1', name: 'n', v: 1, args: {}, at: 1, saveId: mid, about: null })),
      );
      const older = keep(new OutboxDatabase(member));
      const times = async (): Promise<unknown> => (await store.all()).map(({ settledAt }) => settledAt);
      return { store, rows, older, times };
    }

    test('[OB5] what that tab has marked counts, and is sent again where it must be', async () => {
      const { store, rows, older, times } = await beside(['a', 'b']);
      await older.mutations.where('mid').equals('a').modify({ settledAt: 5 });
      await store.settle('client-1', rows.slice(1), 7);
      expect(await times()).toEqual([5, 7]);
      await store.settle('client-1', rows, null);
      expect(await times()).toEqual([null, null]);
    });

    test('[FK2] once that tab has numbered the mutations anew, no run from before settles any of them', async () => {
      const { store, rows, older, times } = await beside(['a', 'b']);
      await store.settle('client-1', rows, 7);
      await older.meta.put({ k: 'clientId', value: 'client-2' });
      expect(await times()).toEqual([null, null]);
      await store.settle('client-2', rows.slice(0, 1), 9);
      expect(await times()).toEqual([9, null]);
    });
  });

  test('drafts lie beside it and outlive a restart', async () => {
    const member = `m${++count}`;
    const drafts = keep(await openDraftStore(member));
    await drafts.put('log', { text: '停车乱' });
    drafts.close();
    const again = keep(await openDraftStore(member));
    expect(await again.get('log')).toEqual({ text: '停车乱' });
    expect(await again.keys()).toEqual(['log']);
    await again.remove('log');
    expect(await again.get('log')).toBeUndefined();
  });

  test('[RV1] drafts that are forgotten go in every tab, and none is kept before the member is let in again', async () => {
    const member = `m${++count}`;
    const drafts = keep(await openDraftStore(member));
    const other = keep(await openDraftStore(member));
    const saved = keep(await openOutboxStore(member, () => 'client-1'));
    await saved.add([{ mid: 'a', space: 'grid:1', name: 'x', v: 1, args: {}, at: 1, saveId: 's', about: null }]);
    await drafts.put('log', { text: '停车乱' });
    const told = new Promise<void>((resolve) => void other.onForgotten(resolve));

    await drafts.forget(null);
    await told;
    await expect(other.put('log', { text: '停车乱' })).rejects.toThrow(DraftsForgotten);
    await expect(drafts.put('log', { text: '停车乱' })).rejects.toThrow(DraftsForgotten);

    expect(await drafts.keys()).toEqual([]);
    expect(await saved.all()).toHaveLength(1);
    other.takeAgain();
    await other.put('log', { text: '又写' });
    expect(await drafts.keys()).toEqual(['log']);
  });

  test('[TB2] what a session is told is nothing to the drafts of the sign-in after it, in whichever tab it is heard', async () => {
    const member = `m${++count}`;
    const drafts = keep(await openDraftStore(member));
    const late = keep(await openDraftStore(member));
    const saved = keep(await openOutboxStore(member, () => 'client-1'));
    const emptied: string[] = [];
    drafts.onForgotten(() => emptied.push('open'));
    late.onForgotten(() => emptied.push('late'));
    await saved.putMeta({ signIn: 'second' });
    await drafts.put('log', { text: '停车乱' });

    await late.forget(null);
    // What was told before the sign-in and is heard after it; and how an earlier build tells it.
    const channel = new BroadcastChannel(`drafts-${member}`);
    for (const message of [{ signIn: null }, 'forgotten']) channel.postMessage(message);
    const heard = new BroadcastChannel(`drafts-${member}`);
    const all = new Promise<void>((resolve) => (heard.onmessage = () => resolve()));
    channel.postMessage({ signIn: 'first' });
    await all;
    await drafts.get('log');
    channel.close();
    heard.close();
    expect([emptied, await drafts.get('log')]).toEqual([[], { text: '停车乱' }]);

    await late.forget('second');
    expect(await drafts.keys()).toEqual([]);
    await expect.poll(() => emptied).toEqual(['late', 'open']);
  });
});

describe('cache over IndexedDB', () => {
  test.each([...cacheContract, ...firstScreenContract])('$name', async ({ run }) => {
    const member = `m${++count}`;
    await run(async () => keep(await openCacheStore(member, MADE)));
  });

  /** Pages of tickets behind which there are more, so many that they are not read whole. */
  async function fillLarge(
    store: CacheStore,
    state: string,
    pages = 5,
    make?: (rows: StoredRow[]) => Promise<PageRows>,
  ): Promise<void> {
    for (let n = 0; n < pages; n++) {
      const at = n === 0 ? null : { ver: n, id: '~/' };
      const rows = Array.from({ length: 2000 }, (_, i) => ({
        k: 'ticket',
        id: `t${n}-${i}`,
        ver: n + 1,
        t: JSON.stringify({ ...ticketWith({ loggedAt: i }), state }),
      }));
      const next = { ...SPACE, cursor: { ver: n + 1, id: '~/' }, upTo: 5, done: false };
      await store.applyPage({
        space: SPACE.id,
        from: at,
        receiptsFrom: n === 0 ? 0 : SPACE.receiptsAfter,
        ...(make === undefined ? { rows } : await make(rows)),
        next,
        receipts: [],
      });
    }
  }

  /** As pages come that are packed. */
  const packedBy =
    (made: MadeBy) =>
    (rows: StoredRow[]): Promise<PageRows> =>
      createPageMaker(made)(packRows(rows));

  test('a large space that another build has stored gets the lists of this one', async () => {
    const member = `m${++count}`;
    await fillLarge(keep(await openCacheStore(member, { build: 'before', indexes: {} as IndexRegistry })), 'logged');
    const store = keep(await openCacheStore(member, MADE));
    const { segments } = await store.rows('grid:1');
    expect(segments).toHaveLength(5);
    expect(segments.map(({ build }) => build)).toEqual(Array.from({ length: 5 }, () => 'test'));
    expect(segments[0]?.columns['byState']?.keys).toMatchObject({ keys: ['logged'] });
    const [read] = await store.bodies([{ n: segments[4]!.n, row: 1999 }]);
    expect(read?.id).toBe('t4-1999');
    expect((await store.rows('grid:1')).segments).toEqual(segments);
  });

  test('so does one whose lines lie there as they came, and what was replaced is taken out of it', async () => {
    const member = `m${++count}`;
    const before = { build: 'before', indexes };
    await fillLarge(keep(await openCacheStore(member, before)), 'logged', 5, packedBy(before));
    const db = keep(new CacheDatabase(member));
    expect((await db.pieces.toArray()).every((piece) => 'packed' in piece)).toBe(true);
    const store = keep(await openCacheStore(member, MADE));
    expect((await store.rows('grid:1')).segments.map(({ build }) => build)).toEqual(Array(5).fill('test'));
    await fillLarge(keep(await openCacheStore(`m${++count}`, MADE)), 'logged', 5, packedBy(MADE));
    const other = keep(await openCacheStore(`m${count}`, MADE));
    const row = { k: 'ticket', id: 't4-1999', ver: 6, t: JSON.stringify(ticketWith({ text: '修好了' })) };
    const from = { ver: 5, id: '~/' };
    const next = { ...SPACE, cursor: { ver: 6, id: '~/' } };
    await other.applyPage({ space: SPACE.id, from, receiptsFrom: 4, rows: [row], next, receipts: [] });
    await other.tidy('grid:1');
    const { segments, rows, stored } = await other.rows('grid:1');
    expect([stored, rows.map(({ id, ver }) => [id, ver])]).toEqual([10_000, [['t4-1999', 6]]]);
    const [last] = await other.bodies([{ n: segments[4]!.n, row: 1998 }]);
    expect(last?.id).toBe('t4-1998');
  });

  test('bytes that lie there damaged are found out, in a space that is read whole and in one record', async () => {
    const member = `m${++count}`;
    const store = keep(await openCacheStore(member, MADE));
    await fillLarge(store, 'logged', 3, packedBy(MADE));
    const db = keep(new CacheDatabase(member));
    const { n } = (await db.chunks.toCollection().first())!;
    expect((await store.bodies([{ n, row: 7 }])).map((row) => row?.id)).toEqual(['t0-7']);
    await db.pieces.toCollection().modify((piece) => {
      if ('packed' in piece) piece.packed = piece.packed.slice(0, 40);
    });
    expect(await store.bodies([{ n, row: 7 }])).toEqual([undefined]);
    expect(await store.rows('grid:1')).toEqual({ segments: [], rows: [], stored: 0 });
  });

  const gatheredIn = (db: CacheDatabase): Promise<number> =>
    db.chunks.where('space').equals('columns of grid:1').count();

  test('the columns of eight pages each lie once more in one value, which say the same as they, and in the same order', async () => {
    const member = `m${++count}`;
    const store = keep(await openCacheStore(member, MADE));
    await fillLarge(store, 'logged', 18);
    const db = keep(new CacheDatabase(member));
    await vi.waitUntil(async () => (await gatheredIn(db)) === 2, { timeout: 5000 });
    const gathered = await store.rows('grid:1');
    expect([gathered.segments.length, gathered.stored]).toEqual([18, 36_000]);

    await db.chunks.where('space').equals('columns of grid:1').delete();
    expect(await store.rows('grid:1')).toEqual(gathered);
    // That start has read them apart, and gathers them for the next; so does another tab, of the same.
    await Promise.all([store.rows('grid:1'), keep(await openCacheStore(member, MADE)).rows('grid:1')]);
    await vi.waitUntil(async () => (await gatheredIn(db)) === 2, { timeout: 5000 });
    expect(await store.rows('grid:1')).toEqual(gathered);
    await store.dropSpaces(['grid:1']);
    expect(await db.chunks.count()).toBe(0);
  });

  test('what was gathered goes with the first of its segments that is written anew', async () => {
    const member = `m${++count}`;
    const store = keep(await openCacheStore(member, MADE));
    await fillLarge(store, 'logged', 8);
    const db = keep(new CacheDatabase(member));
    await vi.waitUntil(async () => (await gatheredIn(db)) === 1, { timeout: 5000 });
    const from = { ver: 8, id: '~/' };
    const gone = { k: 'ticket', id: 't0-0', ver: 9 };
    const next = { ...SPACE, cursor: { ver: 9, id: '~/' } };
    const { receiptsAfter } = SPACE;
    await store.applyPage({ space: 'grid:1', from, receiptsFrom: receiptsAfter, rows: [gone], next, receipts: [] });
    await store.tidy('grid:1');
    expect(await gatheredIn(db)).toBe(0);
    const { segments } = await store.rows('grid:1');
    expect(segments.map(({ vers }) => vers.length)).toEqual([1999, ...Array.from({ length: 7 }, () => 2000)]);
  });

  test('a large space is read where there is no room for the lists of this build, and gets them once there is', async () => {
    const member = `m${++count}`;
    await fillLarge(keep(await openCacheStore(member, { build: 'before', indexes: {} as IndexRegistry })), 'logged');
    const store = keep(await openCacheStore(member, MADE));
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const { segments, rows } = await store.rows('grid:1');
    full.mockRestore();
    expect([segments, rows.length, rows[9999]?.id]).toEqual([[], 10_000, 't4-1999']);
    expect((await store.rows('grid:1')).segments).toHaveLength(5);
  });

  test('a space of which a part is damaged has nothing: it is fetched again', async () => {
    const member = `m${++count}`;
    const store = keep(await openCacheStore(member, MADE));
    const rows = Array.from({ length: 300 }, (_, i) => ({
      k: 'ticket',
      id: `t${i}`,
      ver: 1,
      t: JSON.stringify(ticketWith({ loggedAt: i })),
    }));
    await store.applyPage({
      space: SPACE.id,
      from: null,
      receiptsFrom: 0,
      rows,
      next: { ...SPACE, done: false },
      receipts: [],
    });
    const db = keep(new CacheDatabase(member));
    expect((await store.rows('grid:1')).rows).toHaveLength(300);
    await db.pieces.toCollection().modify((piece) => {
      if ('lines' in piece) piece.lines = piece.lines.slice(0, 40);
    });
    expect(await store.rows('grid:1')).toEqual({ segments: [], rows: [], stored: 0 });
  });

  test('a page that a tab of another build has stored is taken whole: its lists are not those of this one', async () => {
    const member = `m${++count}`;
    const before = keep(await openCacheStore(member, { build: 'before', indexes: {} as IndexRegistry }));
    const store = keep(await openCacheStore(member, MADE));
    const heard: ForeignCacheChange[] = [];
    store.onForeignChange((change) => heard.push(change));
    await fillLarge(before, 'logged');
    await vi.waitUntil(() => heard.length === 5, { timeout: 5000 });
    const pages = heard.flatMap((change) => (change.type === 'page' ? [change] : []));
    expect(pages.map(({ page, segments }) => [page.rows.length, segments.length])).toEqual(
      Array.from({ length: 5 }, () => [2000, 0]),
    );
  });

  test('a large space that is dropped leaves no piece behind', async () => {
    const member = `m${++count}`;
    const store = keep(await openCacheStore(member, MADE));
    await fillLarge(store, 'logged');
    const db = keep(new CacheDatabase(member));
    expect(await db.pieces.count()).toBeGreaterThan(50);
    await store.dropSpaces(['grid:1']);
    expect([await db.pieces.count(), await db.chunks.count()]).toEqual([0, 0]);
  });

  test('another tab takes a page of a large space from the store', async () => {
    const member = `m${++count}`;
    const [one, other] = [keep(await openCacheStore(member, MADE)), keep(await openCacheStore(member, MADE))];
    const heard: ForeignCacheChange[] = [];
    other.onForeignChange((change) => heard.push(change));
    await fillLarge(one, 'logged');
    await vi.waitUntil(() => heard.length === 5, { timeout: 5000 });
    const [first] = heard;
    if (first?.type !== 'page') throw new Error('no page was told');
    expect(first.page.rows).toHaveLength(0);
    expect(first.segments).toEqual([(await other.rows('grid:1')).segments[0]]);
  });

  describe('that an earlier build has left', () => {
    /** A page in one text, as it was kept before; a row without `h` is from before there were digests of content. */
    async function leaveFirstCache(member: string, json: string[]): Promise<void> {
      const first = new Dexie(`cache-${member}`);
      first.version(1).stores({ state: 'k', spaces: 'id', chunks: '++n, space', receipts: 'mid, space' });
      await first.table('chunks').bulkAdd(json.map((text) => ({ space: 'grid:1', rows: 2, json: text })));
      await first.table('spaces').add({ ...SPACE });
      await first.table('receipts').add({ ...RECEIPT, space: 'grid:1' });
      await first.table('state').add({ k: 'state', value: STATE });
      first.close();
    }
    const CHUNKS = [
      JSON.stringify([
        {
          k: 'ticket',
          id: 'a',
          ver: 1,
          d: { text: '楼道脏\n乱' },
          h: contentHash(JSON.stringify({ text: '楼道脏\n乱' })),
        },
        { k: 'ticket', id: 'b', ver: 2, d: { text: '停车乱' } },
      ]),
      JSON.stringify([
        { k: 'ticket', id: 'b', ver: 3 },
        { k: 'visit', id: 'c', ver: 4, d: { outcome: 'met' } },
      ]),
    ];

    test('is carried over: an update that is opened offline still knows its doors', async () => {
      const member = `m${++count}`;
      await leaveFirstCache(member, CHUNKS);
      const store = keep(await openCacheStore(member, MADE));
      const rows = (await store.rows('grid:1')).rows.map(({ k, id, ver, t, h }) => ({ k, id, ver, t, h }));
      expect(rows).toEqual(
        [
          { k: 'ticket', id: 'a', ver: 1, t: JSON.stringify({ text: '楼道脏\n乱' }) },
          { k: 'visit', id: 'c', ver: 4, t: JSON.stringify({ outcome: 'met' }) },
        ].map((row) => ({ ...row, h: contentHash(row.t) })),
      );
      expect(await store.state()).toEqual(STATE);
      expect(await store.spaces()).toEqual([SPACE]);
      expect(await store.receipts()).toEqual([{ ...RECEIPT, space: 'grid:1' }]);
      await vi.waitUntil(async () => !(await Dexie.exists(`cache-${member}`)));
    });

    test('is carried over from columns as well, the later of two where both are there', async () => {
      const member = `m${++count}`;
      await leaveFirstCache(member, CHUNKS);
      const second = new Dexie(`cache-2-${member}`);
      const stores = { state: 'k', spaces: 'id', chunks: '++n, space, [space+small]', receipts: '++n, space' };
      second.version(1).stores(stores);
      const texts = [JSON.stringify({ text: '井盖松动' }), ''];
      await second.table('chunks').add({
        space: 'grid:1',
        small: 1,
        rows: 2,
        keys: 'ticket d\nticket e',
        vers: Float64Array.from([5, -6]),
        hashes: Float64Array.from([contentHash(texts[0]!), 0]),
        texts: new TextEncoder().encode(texts.join('\n')),
      });
      await second.table('spaces').add({ ...SPACE });
      await second.table('receipts').add({ space: 'grid:1', list: [RECEIPT] });
      await second.table('state').add({ k: 'state', value: { ...STATE, lastSyncAt: 4 } });
      second.close();
      const store = keep(await openCacheStore(member, MADE));
      const { rows } = await store.rows('grid:1');
      expect(rows.map(({ k, id, ver, t, h }) => ({ k, id, ver, t, h }))).toEqual([
        { k: 'ticket', id: 'd', ver: 5, t: texts[0], h: contentHash(texts[0]!) },
      ]);
      expect(await store.receipts()).toEqual([{ ...RECEIPT, space: 'grid:1' }]);
      expect((await store.state()).lastSyncAt).toBe(4);
      await vi.waitUntil(
        async () => !(await Dexie.exists(`cache-2-${member}`)) && !(await Dexie.exists(`cache-${member}`)),
      );
    });

    test('is carried over from segments whose lines were never packed', async () => {
      const member = `m${++count}`;
      const store = await openCacheStore(member, MADE);
      await fillLarge(store, 'logged');
      await store.putState(STATE);
      store.close();
      const now = await new CacheDatabase(member).open();
      const third = new Dexie(`cache-3-${member}`);
      const stores = { state: 'k', spaces: 'id', chunks: '++n, space, [space+small]', receipts: '++n, space' };
      third.version(1).stores({ ...stores, pieces: '[n+piece]' });
      for (const { name } of now.tables) await third.table(name).bulkAdd(await now.table(name).toArray());
      await third.table('chunks').add({ n: -1, space: 'columns of grid:1', small: 0, rows: 9, segments: [] });
      third.close();
      await now.delete();
      const again = keep(await openCacheStore(member, MADE));
      const { segments, rows, stored } = await again.rows('grid:1');
      expect([segments.length + rows.length / 2000, stored]).toEqual([5, 10_000]);
      const last = segments.at(-1)!;
      expect((await again.bodies([{ n: last.n, row: 1999 }])).map((row) => row?.id)).toEqual(['t4-1999']);
      await vi.waitUntil(async () => !(await Dexie.exists(`cache-3-${member}`)));
    });

    test('is carried over once where two open at the same moment', async () => {
      const member = `m${++count}`;
      await leaveFirstCache(member, CHUNKS);
      const [one, other] = await Promise.all([openCacheStore(member, MADE), openCacheStore(member, MADE)]);
      for (const store of [keep(one), keep(other)]) {
        expect([await store.spaces(), (await store.rows('grid:1')).stored]).toEqual([[SPACE], 4]);
      }
    });

    test('is let go of where it cannot be read', async () => {
      const member = `m${++count}`;
      await leaveFirstCache(member, [CHUNKS[0]!, 'cut o']);
      const store = keep(await openCacheStore(member, MADE));
      expect([await store.state(), await store.spaces(), (await store.rows('grid:1')).rows]).toMatchObject([
        { client: null },
        [],
        [],
      ]);
    });

    test('takes nothing from a cache that this build has begun', async () => {
      const member = `m${++count}`;
      const begun = await openCacheStore(member, MADE);
      await begun.putState({ ...STATE, lastSyncAt: 99 });
      begun.close();
      await leaveFirstCache(member, CHUNKS);
      const store = keep(await openCacheStore(member, MADE));
      expect([(await store.state()).lastSyncAt, (await store.rows('grid:1')).rows]).toEqual([99, []]);
    });
  });

  test('a deleted cache begins anew', async () => {
    const member = `m${++count}`;
    const store = await openCacheStore(member, MADE);
    await store.putState({ client: 'c', epoch: 'e', allowed: [], member: null, lastSyncAt: 3 });
    store.close();
    await deleteCache(member);
    expect((await keep(await openCacheStore(member, MADE)).state()).client).toBeNull();
  });
});
