import { EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import { createPageMaker } from '../../src/client/lines/page-maker.ts';
import { packRows } from '../support/pack-rows.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import { dataRow, isLive } from '../../src/protocol/sync-lines.ts';
import type { Receipt, Row } from '../../src/protocol/sync-messages.ts';
import { unpackIds } from '../../src/sync/row-ids.ts';
import type { CachedSpace, CachePage, CacheState, CacheStore, ForeignCacheChange } from '../../src/sync/cache-port.ts';
import { check, checkEqual, eventually } from './check.ts';
import type { ContractCase } from './check.ts';

const at = (ver: number): CachedSpace['cursor'] => ({ ver, id: '~/' });

const row = (id: string, ver: number, d: unknown = { text: `${id} 第${ver}版` }): Row => ({ k: 'ticket', id, ver, d });
const gone = (id: string, ver: number): Row => ({ k: 'ticket', id, ver });

const receipt = (mid: string, seq: number, ver: number): Receipt => ({
  seq,
  mid,
  status: 'applied',
  code: '',
  data: {},
  ver,
});

const page = (from: number | null, to: number, rows: Row[], receipts: Receipt[] = []): CachePage => ({
  space: 'grid:1',
  from: from === null ? null : at(from),
  receiptsFrom: from ?? 0,
  rows,
  next: {
    id: 'grid:1',
    cursor: at(to),
    upTo: null,
    done: true,
    appliedSeq: receipts.length,
    receiptsAfter: to,
    digest: EMPTY_DIGEST,
  },
  receipts,
});

const rowsOf = async (store: CacheStore, space = 'grid:1'): Promise<string[]> =>
  (await store.rows(space)).rows.map(({ id, ver }) => `${id}@${ver}`).sort();

/** More than a store reads whole. */
const MANY = 9000;

const slip = (id: string, ver: number): Row => ({
  k: 'slip',
  id,
  ver,
  d: { visitId: null, createdAt: ver, code: `${id} 第${ver}版` },
});
const noSlip = (id: string, ver: number): Row => ({ k: 'slip', id, ver });

/** Pages behind which there are more, so that the space is known to be large; answers where it then stands. */
async function fillWithMany(store: CacheStore): Promise<number> {
  const size = MANY / 3;
  for (let n = 0; n < 3; n++) {
    const rows = Array.from({ length: size }, (_, i) => slip(`t${n * size + i}`, n + 1));
    const next = page(n === 0 ? null : n, n + 1, rows);
    check((await store.applyPage({ ...next, next: { ...next.next, done: n === 2 } })) !== null, 'a page of many');
  }
  return 3;
}

/** Each row that counts, by the later of its versions, whichever way the store has it. */
async function liveIn(store: CacheStore): Promise<Map<string, number>> {
  const { segments, rows } = await store.rows('grid:1');
  const versions = new Map<string, { ver: number; live: boolean }>();
  const lay = (id: string, ver: number, live: boolean): void => {
    if (ver > (versions.get(id)?.ver ?? -1)) versions.set(id, { ver, live });
  };
  for (const { ids, vers } of segments) for (const [n, id] of unpackIds(ids).entries()) lay(id, vers[n]!, true);
  for (const one of rows) lay(one.id, one.ver, isLive(one));
  return new Map([...versions].filter(([, { live }]) => live).map(([id, { ver }]) => [id, ver]));
}

/** What rows of segments say, every so many of them. */
async function sayings(store: CacheStore, step: number): Promise<{ asked: string[]; found: string[] }> {
  const { segments } = await store.rows('grid:1');
  const places = segments.flatMap(({ n, ids, vers }) =>
    unpackIds(ids).map((id, at) => ({ n, row: at, text: JSON.stringify(slip(id, vers[at]!)) })),
  );
  const asked = places.filter((_, n) => n % step === 0);
  const found = await store.bodies(asked.map(({ n, row: at }) => ({ n, row: at })));
  return {
    asked: asked.map(({ text }) => text),
    found: found.map((one) =>
      one === undefined ? '' : JSON.stringify(dataRow({ k: one.k, id: one.id, ver: one.ver, t: one.t })),
    ),
  };
}

const STATE: CacheState = {
  client: 'client-1',
  epoch: 'epoch-1',
  allowed: [{ id: 'grid:1', community: 'c', ver: 4 }],
  member: {
    id: 'm',
    name: '李伟',
    roles: { volunteer: ['1'], claimer: false, unit: null, coordinator: [], admin: false },
  },
  lastSyncAt: 77,
};

/** What every cache store keeps to; titles quote docs/sync-spec.md. */
export const cacheContract: readonly ContractCase<CacheStore>[] = [
  {
    name: '[PL3] a page is there for the next start: rows, cursor and receipts together',
    async run(open) {
      const store = await open();
      const first = page(null, 2, [row('a', 1), row('b', 2)], [receipt('m1', 1, 2)]);
      check((await store.applyPage(first)) !== null, 'applied');
      store.close();
      const again = await open();
      checkEqual(
        (await again.rows('grid:1')).rows.map(({ k, id, ver, d, t }) =>
          dataRow({ k, id, ver, ...(t === undefined ? { d } : { t }) }),
        ),
        [row('a', 1), row('b', 2)],
        'rows',
      );
      checkEqual(await again.spaces(), [first.next], 'spaces');
      checkEqual(await again.receipts(), [{ ...receipt('m1', 1, 2), space: 'grid:1' }], 'receipts');
    },
  },
  {
    name: '[PL3] a page whose beginning is not where the space stands changes nothing',
    async run(open) {
      const store = await open();
      await store.applyPage(page(null, 2, [row('a', 1)]));
      check(
        (await store.applyPage(page(null, 3, [row('b', 3)], [receipt('m1', 1, 3)]))) === null,
        'from the beginning',
      );
      check((await store.applyPage(page(3, 4, [row('b', 4)]))) === null, 'from elsewhere');
      checkEqual([await rowsOf(store), await store.receipts()], [['a@1'], []], 'untouched');
      check((await store.applyPage(page(2, 4, [row('b', 4)]))) !== null, 'from where it stands');
    },
  },
  {
    name: '[PL3] who believes that receipts are here which another tab has let go of changes nothing',
    async run(open) {
      const [one, other] = [await open(), await open()];
      const word = (receiptsFrom: number, to: number): CachePage => {
        const { next, ...rest } = page(null, to, [], [receipt(`m${to}`, to, to)]);
        return { ...rest, receiptsFrom, next: { ...next, cursor: null, done: false } };
      };
      check((await one.applyPage(word(0, 2))) !== null, 'the first word');
      check((await one.applyPage(word(2, 3))) !== null, 'the next');
      await other.dropSpaces(['grid:1']);
      check((await one.applyPage(word(3, 4))) === null, 'onto what is gone');
      checkEqual(await other.receipts(), [], 'receipts');
      check((await one.applyPage(word(0, 4))) !== null, 'anew');
    },
  },
  {
    name: '[PL3] of two tabs that bring the same page one is taken',
    async run(open) {
      const [one, other] = [await open(), await open()];
      const both = await Promise.all([one, other].map((store) => store.applyPage(page(null, 2, [row('a', 2)]))));
      checkEqual(both.filter((applied) => applied !== null).length, 1, 'taken');
    },
  },
  {
    name: '[PL4] a later page replaces rows and tombstones take them away',
    async run(open) {
      const store = await open();
      await store.applyPage(page(null, 3, [row('a', 1), row('b', 2), row('c', 3)]));
      await store.applyPage(page(3, 5, [row('a', 4), gone('b', 5)]));
      checkEqual(await rowsOf(store), ['a@4', 'c@3'], 'rows');
      await store.applyPage(page(5, 6, [row('b', 6)]));
      checkEqual(await rowsOf(store), ['a@4', 'b@6', 'c@3'], 'put again');
    },
  },
  {
    name: '[PL4] many small pages, and large ones between them, add up to the same rows',
    async run(open) {
      const store = await open();
      const expected = new Map<string, number>();
      for (let ver = 1; ver <= 150; ver++) {
        const large = ver === 70 ? Array.from({ length: 500 }, (_, n) => row(`big${n}`, ver)) : [];
        const small = [
          row(`r${ver % 7}`, ver),
          ver % 5 === 0 ? gone(`r${(ver + 3) % 7}`, ver) : row(`s${ver % 40}`, ver),
        ];
        for (const { id, d } of [...large, ...small]) {
          if (d === undefined) expected.delete(id);
          else expected.set(id, ver);
        }
        await store.applyPage(page(ver === 1 ? null : ver - 1, ver, [...large, ...small]));
      }
      const all = [...expected].map(([id, ver]) => `${id}@${ver}`).sort();
      checkEqual(await rowsOf(store), all, 'rows');
      checkEqual(await rowsOf(await open()), all, 'rows after they were read once');
    },
  },
  {
    name: '[PL4] a space that is written over and over stays small enough to be read, and right',
    async run(open) {
      const store = await open();
      const wave = (ver: number): Row[] => Array.from({ length: 300 }, (_, n) => row(`r${n}`, ver));
      for (let ver = 1; ver <= 6; ver++) await store.applyPage(page(ver === 1 ? null : ver - 1, ver, wave(ver)));
      await store.applyPage(
        page(
          6,
          7,
          wave(7)
            .slice(0, 200)
            .map(({ id }) => gone(id, 7)),
        ),
      );
      const expected = wave(6)
        .slice(200)
        .map(({ id }) => `${id}@6`)
        .sort();
      checkEqual(await rowsOf(store), expected, 'first reading');
      checkEqual(await rowsOf(store), expected, 'second reading');
      await store.applyPage(page(7, 8, [row('r0', 8), gone('r299', 8)]));
      checkEqual(
        await rowsOf(store),
        [...expected.filter((r) => r !== 'r299@6'), 'r0@8'].sort(),
        'after one more page',
      );
    },
  },
  {
    name: '[VW8] a large space: later rows and tombstones count, and each row says what it said when it came',
    async run(open) {
      const store = await open();
      const at = await fillWithMany(store);
      const expected = new Map(Array.from({ length: MANY }, (_, n) => [`t${n}`, 1 + Math.floor(n / (MANY / 3))]));
      for (let n = 0; n < 40; n++) {
        const [changed, gone1] = [`t${n * 200}`, `t${n * 200 + 1}`];
        await store.applyPage(page(at + n, at + n + 1, [slip(changed, at + n + 1), noSlip(gone1, at + n + 1)]));
        expected.set(changed, at + n + 1);
        expected.delete(gone1);
      }
      for (const again of [store, await open()]) {
        const live = await liveIn(again);
        checkEqual([...live].sort(), [...expected].sort(), 'rows');
        const { asked, found } = await sayings(again, 700);
        checkEqual(found, asked, 'what they say');
      }
    },
  },
  {
    name: '[VW8] a large space that was written anew is tidied, and says the same',
    async run(open) {
      const store = await open();
      let at = await fillWithMany(store);
      for (let wave = 0; wave < 2; wave++, at++) {
        const rows = Array.from({ length: MANY }, (_, n) =>
          n % 9 === 0 ? noSlip(`t${n}`, at + 1) : slip(`t${n}`, at + 1),
        );
        const next = page(at, at + 1, rows);
        await store.applyPage({ ...next, next: { ...next.next, done: false } });
      }
      const before = await liveIn(store);
      checkEqual(before.size, MANY - MANY / 9, 'live before');
      await store.tidy('grid:1');
      const other = await open();
      checkEqual([...(await liveIn(other))].sort(), [...before].sort(), 'live after');
      const { asked, found } = await sayings(other, 300);
      checkEqual(found, asked, 'what they say');
      check((await other.rows('grid:1')).stored <= MANY + MANY / 9, 'what was replaced is gone');
    },
  },
  {
    name: '[VW8] pages whose segments were made on their way lie there as those that the store makes itself',
    async run(open) {
      const store = await open();
      const make = createPageMaker({ build: 'test', indexes });
      const size = MANY / 3;
      for (let n = 0; n < 3; n++) {
        const rows = Array.from({ length: size }, (_, i) => slip(`t${n * size + i}`, n + 1));
        const others = [row(`other${n}`, n + 1), noSlip(`gone${n}`, n + 1)];
        const next = page(n === 0 ? null : n, n + 1, []);
        const made = await make(packRows([...rows, ...others]));
        check((await store.applyPage({ ...next, ...made, next: { ...next.next, done: n === 2 } })) !== null, 'a page');
      }
      for (const again of [store, await open()]) {
        const expected = Array.from({ length: MANY }, (_, n): [string, number] => [`t${n}`, 1 + Math.floor(n / size)]);
        const others = [0, 1, 2].map((n): [string, number] => [`other${n}`, n + 1]);
        checkEqual([...(await liveIn(again))].sort(), [...expected, ...others].sort(), 'rows');
        const { asked, found } = await sayings(again, 700);
        checkEqual(found, asked, 'what they say');
      }
    },
  },
  {
    name: '[VW8] rows that no list can take are kept all the same',
    async run(open) {
      const store = await open();
      const rows = Array.from({ length: 200 }, (_, n) => row(`t${n}`, 1));
      const next = page(null, 1, rows);
      await store.applyPage({ ...next, next: { ...next.next, done: false } });
      checkEqual(await rowsOf(await open()), rows.map(({ id }) => `${id}@1`).sort(), 'rows');
    },
  },
  {
    name: '[PL3] receipts may come alone, and a later word on the same mutation stands',
    async run(open) {
      const store = await open();
      await store.applyPage(page(null, 2, []));
      await store.applyPage(page(2, 2, [], [receipt('m1', 1, 2)]));
      await store.applyPage(page(2, 3, [], [{ ...receipt('m1', 1, 3), status: 'rejected', code: 'claimTaken' }]));
      checkEqual(
        (await store.receipts()).map(({ mid, status, ver }) => [mid, status, ver]),
        [['m1', 'rejected', 3]],
        'receipts',
      );
      await store.dropReceipts(['m1']);
      checkEqual(await store.receipts(), [], 'let go');
    },
  },
  {
    name: '[PL5] a dropped space leaves nothing, its neighbours everything',
    async run(open) {
      const store = await open();
      await store.applyPage(page(null, 2, [row('a', 1)], [receipt('m1', 1, 2)]));
      const other = page(null, 2, [row('b', 2)], [receipt('m2', 1, 2)]);
      await store.applyPage({ ...other, space: 'grid:2', next: { ...other.next, id: 'grid:2' } });
      await store.dropSpaces(['grid:1', 'grid:9']);
      checkEqual([await rowsOf(store), await rowsOf(store, 'grid:2')], [[], ['b@2']], 'rows');
      checkEqual(
        (await store.spaces()).map(({ id }) => id),
        ['grid:2'],
        'spaces',
      );
      checkEqual(
        (await store.receipts()).map(({ mid }) => mid),
        ['m2'],
        'receipts',
      );
      check((await store.applyPage(page(null, 3, [row('c', 3)]))) !== null, 'it begins anew');
      checkEqual(await rowsOf(store), ['c@3'], 'nothing old comes back');
    },
  },
  {
    name: '[VW7] state is kept, and clearing takes all of it away',
    async run(open) {
      const store = await open();
      checkEqual((await store.state()).client, null, 'an empty cache belongs to nobody');
      await store.putState(STATE);
      await store.applyPage(page(null, 2, [row('a', 1)], [receipt('m1', 1, 2)]));
      checkEqual(await (await open()).state(), STATE, 'state');
      await store.clear();
      const nothing = [await store.spaces(), await store.receipts(), await rowsOf(store), (await store.state()).member];
      checkEqual(nothing, [[], [], [], null], 'all gone');
    },
  },
  {
    name: '[TB3] another tab hears which page, which spaces, or that all is gone',
    async run(open) {
      const [one, other] = [await open(), await open()];
      const heard: ForeignCacheChange[] = [];
      other.onForeignChange((change) => heard.push(change));
      const first = page(null, 2, [row('a', 1)]);
      await one.applyPage(first);
      await one.applyPage(first);
      await one.putState(STATE);
      await one.dropSpaces(['grid:1']);
      await one.clear();
      await eventually(() => heard.length === 4, 'four messages');
      checkEqual(
        heard,
        [
          { type: 'page', page: first, segments: [] },
          { type: 'state' },
          { type: 'spaces', spaces: ['grid:1'] },
          { type: 'all' },
        ],
        'messages',
      );
    },
  },
];
