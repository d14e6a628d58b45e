import type { NewOutboxRow, OutboxRow, OutboxStore } from '../../src/sync/outbox-port.ts';
import { check, checkEqual, eventually } from './check.ts';
import type { ContractCase } from './check.ts';

const draft = (mid: string, space: string, args: unknown = { text: '信报箱破损' }): NewOutboxRow => ({
  mid,
  space,
  name: 'ticket.log',
  v: 1,
  args,
  at: 1_800_000_000_000,
  saveId: `save-${mid}`,
  about: { kind: 'ticket', id: `t-${mid}` },
});

const seqs = (rows: readonly OutboxRow[]): [string, number][] => rows.map((row) => [row.mid, row.seq]);

/** What every outbox store keeps to; titles quote docs/sync-spec.md. */
export const outboxContract: readonly ContractCase<OutboxStore>[] = [
  {
    name: '[OB1] seqs are contiguous in each space and rows come back in order of writing',
    async run(open) {
      const store = await open();
      const first = await store.add([draft('a', 'grid:1'), draft('b', 'contact:1'), draft('c', 'grid:1')]);
      checkEqual(
        seqs(first),
        [
          ['a', 1],
          ['b', 1],
          ['c', 2],
        ],
        'seqs',
      );
      await store.add([draft('d', 'grid:1')]);
      checkEqual(
        seqs(await store.all()),
        [
          ['a', 1],
          ['b', 1],
          ['c', 2],
          ['d', 3],
        ],
        'all',
      );
      checkEqual((await store.meta()).seqs, { 'grid:1': 3, 'contact:1': 1 }, 'last seqs');
    },
  },
  {
    name: '[OB1] what was added is there for the next start, as it was written',
    async run(open) {
      const store = await open();
      const args = { text: '隔音窗 "🪟"\n第二行', list: [1, null, { deep: true }] };
      await store.add([draft('a', 'grid:1', args)]);
      store.close();
      const again = await open();
      checkEqual(await again.all(), [{ ...draft('a', 'grid:1', args), seq: 1, asideAt: null, settledAt: null }], 'row');
    },
  },
  {
    name: '[OB1] writers of two tabs never get the same seq',
    async run(open) {
      const [one, other] = [await open(), await open()];
      const mids = Array.from({ length: 20 }, (_, n) => `m${n}`);
      await Promise.all(mids.map((mid, n) => (n % 2 === 0 ? one : other).add([draft(mid, 'grid:1')])));
      const all = await one.all();
      checkEqual(
        all.map((row) => row.seq).sort((a, b) => a - b),
        mids.map((_, n) => n + 1),
        'seqs',
      );
      checkEqual(
        all.map((row) => row.seq),
        mids.map((_, n) => n + 1),
        'order of writing is order of seq',
      );
    },
  },
  {
    name: '[OB2] a mutation that is written twice is stored once and keeps its seq',
    async run(open) {
      const store = await open();
      await store.add([draft('a', 'grid:1')]);
      const again = await store.add([draft('a', 'grid:1'), draft('b', 'grid:1')]);
      checkEqual(
        seqs(again),
        [
          ['a', 1],
          ['b', 2],
        ],
        'seqs',
      );
      check((await store.all()).length === 2, 'two rows');
    },
  },
  {
    name: '[OB2] a save of several mutations is stored whole or not at all',
    async run(open) {
      const store = await open();
      const broken = {
        toJSON: () => {
          throw new TypeError('cannot be written');
        },
      };
      const failed = await store.add([draft('a', 'grid:1'), draft('b', 'grid:1', broken)]).then(
        () => false,
        () => true,
      );
      check(failed, 'the save fails');
      checkEqual(await store.all(), [], 'nothing is stored');
      checkEqual(seqs(await store.add([draft('c', 'grid:1')])), [['c', 1]], 'no seq is used up');
    },
  },
  {
    name: '[OB4] rows are put aside, settled and sent again without touching others',
    async run(open) {
      const store = await open();
      const added = await store.add([draft('a', 'grid:1'), draft('b', 'grid:1')]);
      const { clientId } = await store.meta();
      await store.putAside('a', 5);
      await store.settle(clientId, added, 7);
      await store.settle(clientId, added.slice(1), null);
      const rows = await store.all();
      checkEqual(
        rows.map((row) => [row.asideAt, row.settledAt]),
        [
          [5, 7],
          [null, null],
        ],
        'marks',
      );
    },
  },
  {
    name: '[OB5] each of many keeps the time at which it was settled, whatever is sent again or let go of around it',
    async run(open) {
      const store = await open();
      const day = 24 * 60 * 60_000;
      const spaces = ['grid:1', 'grid:2', 'grid:1', 'grid:1', 'grid:2', 'grid:1', 'grid:1', 'grid:1'];
      const rows = await store.add(spaces.map((space, n) => draft(`m${n}`, space)));
      const { clientId } = await store.meta();
      const only = (...of: number[]): OutboxRow[] => of.map((n) => rows[n]!);
      await store.settle(clientId, only(0, 2, 3, 1), day);
      await store.settle(clientId, only(5, 6), 3 * day);
      await store.settle(clientId, only(2), null);
      await store.settle(clientId, only(4), 5 * day);
      const times = async (): Promise<unknown> =>
        (await (await open()).all()).map(({ mid, settledAt }) => [mid, settledAt && settledAt / day]);
      const expected = [
        ['m0', 1],
        ['m1', 1],
        ['m2', null],
        ['m3', 1],
        ['m4', 5],
        ['m5', 3],
        ['m6', 3],
        ['m7', null],
      ];
      checkEqual(await times(), expected, 'times');
      await store.remove(['m0', 'm1', 'm3', 'm4']);
      checkEqual(
        await times(),
        expected.filter(([mid]) => !['m0', 'm1', 'm3', 'm4'].includes(String(mid))),
        'times of what is left',
      );
      const [again] = await store.add([draft('m6', 'grid:1')]);
      checkEqual(again?.settledAt, 3 * day, 'what is written again is answered as it is');
    },
  },
  {
    name: '[FK2] what was settled under another client id settles nothing here',
    async run(open) {
      const store = await open();
      const rows = await store.add([draft('a', 'grid:1'), draft('b', 'grid:1')]);
      const { clientId } = await store.meta();
      await store.settle(clientId, rows, 7);
      await store.renumber('client-2');
      await store.settle(clientId, rows, 8);
      checkEqual(
        (await store.all()).map((row) => row.settledAt),
        [null, null],
        'unsettled',
      );
    },
  },
  {
    name: '[OB5] seqs go on behind rows that were removed',
    async run(open) {
      const store = await open();
      await store.add([draft('a', 'grid:1'), draft('b', 'grid:1')]);
      await store.remove(['a', 'b']);
      checkEqual(await store.all(), [], 'rows');
      checkEqual(seqs(await store.add([draft('c', 'grid:1')])), [['c', 3]], 'next seq');
    },
  },
  {
    name: '[FK2] renumbering gives a new client id and numbers every row from 1 in its space',
    async run(open) {
      const store = await open();
      await store.add([draft('a', 'grid:1'), draft('b', 'grid:1'), draft('c', 'grid:2'), draft('d', 'grid:1')]);
      await store.remove(['a']);
      const { clientId, formerId } = await store.meta();
      checkEqual(formerId, null, 'no former id');
      await store.settle(
        clientId,
        (await store.all()).filter(({ mid }) => mid !== 'd'),
        9,
      );
      const expected = [
        ['b', 1],
        ['c', 1],
        ['d', 2],
      ];
      const rows = await store.renumber('client-2');
      checkEqual(seqs(rows), expected, 'seqs');
      checkEqual(
        rows.map((row) => row.settledAt),
        [null, null, null],
        'unsettled',
      );
      checkEqual(seqs(await store.all()), expected, 'stored');
      const meta = await store.meta();
      checkEqual([meta.clientId, meta.seqs], ['client-2', { 'grid:1': 2, 'grid:2': 1 }], 'meta');
      checkEqual(meta.bornAs, clientId, 'who numbers anew has emptied nothing');
      checkEqual(meta.formerId, clientId, 'former id');
      checkEqual(seqs(await store.add([draft('e', 'grid:1')])), [['e', 3]], 'next seq');
    },
  },
  {
    name: '[OB6] the client id is made once and outlives a restart with everything that is noted',
    async run(open) {
      const store = await open();
      const { clientId } = await store.meta();
      check(clientId.length > 0, 'a client id');
      await store.putMeta({ lastContactAt: 12 });
      await store.putMeta({ leftOut: ['c1'] });
      await store.putMeta({ signIn: 's1' });
      store.close();
      checkEqual(
        await (await open()).meta(),
        { clientId, bornAs: clientId, formerId: null, lastContactAt: 12, leftOut: ['c1'], signIn: 's1', seqs: {} },
        'meta',
      );
    },
  },
  {
    name: '[OB10] what an emptied outbox had comes back once, before what was written since, under a new client id',
    async run(open) {
      const [store, other] = [await open(), await open()];
      await store.add([draft('c', 'grid:1')]);
      const { bornAs } = await store.meta();
      const lost = {
        clientId: 'before',
        lastContactAt: 4,
        leftOut: ['c1'],
        rows: [draft('a', 'grid:1'), draft('b', 'contact:1'), draft('c', 'grid:1'), draft('d', 'grid:1')],
        media: [],
      };
      const brought = await Promise.all([store.bringBack('client-2', lost), other.bringBack('client-3', lost)]);
      checkEqual(brought.filter(Boolean).length, 1, 'tabs that brought it back');
      await store.settle((await store.meta()).clientId, (await store.all()).slice(0, 1), 9);
      check(!(await other.bringBack('client-4', lost)), 'what is settled here is no loss');
      checkEqual(
        seqs(await store.all()),
        [
          ['a', 1],
          ['b', 1],
          ['c', 2],
          ['d', 3],
        ],
        'rows',
      );
      const meta = await store.meta();
      check(meta.clientId === 'client-2' || meta.clientId === 'client-3', 'a new client id');
      checkEqual(
        [meta.bornAs, meta.formerId, meta.lastContactAt, meta.leftOut, meta.seqs],
        [bornAs, 'before', 4, ['c1'], { 'grid:1': 3, 'contact:1': 1 }],
        'meta',
      );
      checkEqual(seqs(await store.add([draft('e', 'grid:1')])), [['e', 4]], 'next seq');
      await store.putMeta({ leftOut: [] });
      check(!(await other.bringBack('client-5', lost)), 'what was chosen since stays chosen');
      checkEqual((await store.meta()).leftOut, [], 'left out');
    },
  },
  {
    name: '[OB5] the server’s word on what was not applied lies with it until it is to be sent again',
    async run(open) {
      const store = await open();
      const [a, b] = await store.add([draft('a', 'grid:1'), draft('b', 'grid:1')]);
      const word = { seq: 1, mid: 'a', status: 'rejected' as const, code: 'gone', data: { by: 'x' }, ver: 3 };
      const { clientId } = await store.meta();
      const words = async () => (await (await open()).all()).map((row) => row.word ?? null);
      await store.settle(clientId, [{ ...a!, word }, b!], 7);
      checkEqual(await words(), [word, null], 'kept');
      await store.settle(clientId, [{ ...a!, word: undefined }, b!], 8);
      checkEqual(await words(), [word, null], 'left as it is');
      await store.settle(clientId, [{ ...a!, word: null }], 8);
      checkEqual(await words(), [null, null], 'applied after all');
      await store.settle(clientId, [{ ...a!, word }], 8);
      await store.settle(clientId, [a!], null);
      checkEqual(await words(), [null, null], 'to be sent again');
      await store.settle(clientId, [{ ...a!, word }], 8);
      await store.renumber('client-2');
      checkEqual(await words(), [null, null], 'under another client id');
    },
  },
  {
    name: '[OB10] a page that had nothing left out says so, and one that knows less comes too late with it',
    async run(open) {
      const [store, frozen] = [await open(), await open()];
      const lost = { clientId: 'before', lastContactAt: 4, leftOut: [], rows: [], media: [] };
      check(!(await store.bringBack('client-2', lost)), 'nothing was lost');
      await frozen.bringBack('client-3', { ...lost, leftOut: ['c1'] });
      checkEqual((await store.meta()).leftOut, [], 'left out');
    },
  },
  {
    name: '[OB6] carrying everything again is noted too',
    async run(open) {
      const store = await open();
      await store.putMeta({ leftOut: ['c1'] });
      await store.putMeta({ leftOut: [] });
      checkEqual((await store.meta()).leftOut, [], 'left out');
    },
  },
  {
    name: '[TB3] another tab hears of a write, the writing one does not',
    async run(open) {
      const [one, other] = [await open(), await open()];
      let own = 0;
      let foreign = 0;
      one.onForeignChange(() => (own += 1));
      const forget = other.onForeignChange(() => (foreign += 1));
      await one.add([draft('a', 'grid:1')]);
      await eventually(() => foreign === 1, 'the other tab hears');
      check(own === 0, 'no echo');
      forget();
      await one.add([draft('b', 'grid:1')]);
      await new Promise((resolve) => setTimeout(resolve, 30));
      check(foreign === 1, 'nothing after it was forgotten');
    },
  },
];
