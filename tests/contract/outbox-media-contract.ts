import type { NewMedia, NewOutboxRow, OutboxStore } from '../../src/sync/outbox-port.ts';
import { check, checkEqual } from './check.ts';
import type { ContractCase } from './check.ts';

const row = (mid: string, args: unknown = {}): NewOutboxRow => ({
  mid,
  space: 'grid:1',
  name: 'ticket.addMedia',
  v: 1,
  args,
  at: 1,
  saveId: `save-${mid}`,
  about: null,
});

const photo = (sha: string, mid: string, ...bytes: number[]): NewMedia => ({
  sha,
  type: 'image/jpeg',
  isThumb: false,
  mids: [mid],
  at: 1,
  bytes: Uint8Array.from(bytes).buffer,
});

const bytesIn = async (store: OutboxStore, sha: string): Promise<number[] | null> => {
  const bytes = await store.mediaBytes(sha);
  return bytes && [...new Uint8Array(bytes)];
};

/** What every outbox store keeps to for the bytes of photos; titles quote docs/sync-spec.md. */
export const outboxMediaContract: readonly ContractCase<OutboxStore>[] = [
  {
    name: '[PH6] bytes are there for the next start, as they were taken',
    async run(open) {
      const store = await open();
      await store.add([row('m')], [photo('aa', 'm', 1, 2, 255), photo('bb', 'm', 0)]);
      store.close();
      const again = await open();
      const known = {
        type: 'image/jpeg',
        isThumb: false,
        mids: ['m'],
        at: 1,
        refused: null,
        asideAt: null,
        asideSince: null,
        broughtAt: null,
      };
      checkEqual(
        (await again.media()).sort((a, b) => (a.sha < b.sha ? -1 : 1)),
        [
          { ...known, sha: 'aa', size: 3 },
          { ...known, sha: 'bb', size: 1 },
        ],
        'rows',
      );
      checkEqual(await bytesIn(again, 'aa'), [1, 2, 255], 'bytes');
      checkEqual(await bytesIn(again, 'cc'), null, 'bytes that were never there');
    },
  },
  {
    name: '[OB10] of photos that an emptied outbox had it is noted that they are lost, but not of those that are here',
    async run(open) {
      const store = await open();
      await store.add([row('m')], [photo('aa', 'm', 1)]);
      const [here] = await store.media();
      const media = [here!, { ...here!, sha: 'bb' }];
      const lost = { clientId: 'before', lastContactAt: null, leftOut: [], rows: [row('m')], media };
      check(await store.bringBack('client-2', lost), 'one was missing');
      check(!(await store.bringBack('client-3', lost)), 'nothing is missing any more');
      checkEqual(
        (await store.media()).map(({ sha, refused }) => [sha, refused]),
        [
          ['aa', null],
          ['bb', 'lost'],
        ],
        'media',
      );
      checkEqual([await bytesIn(store, 'aa'), await bytesIn(store, 'bb')], [[1], null], 'bytes');
    },
  },
  {
    name: '[PH6] a save that fails leaves no bytes, as it leaves no mutation',
    async run(open) {
      const store = await open();
      const broken = {
        toJSON: () => {
          throw new TypeError('cannot be written');
        },
      };
      const failed = await store.add([row('a'), row('b', broken)], [photo('aa', 'a', 1)]).then(
        () => false,
        () => true,
      );
      check(failed, 'the save fails');
      checkEqual([await store.all(), await store.media(), await bytesIn(store, 'aa')], [[], [], null], 'nothing');
    },
  },
  {
    name: '[PH6] bytes that another mutation came to need meanwhile stay',
    async run(open) {
      const store = await open();
      await store.add([row('a')], [photo('aa', 'a', 1)]);
      await store.add([row('b')], [photo('aa', 'b', 1)]);
      await store.removeMedia('aa', ['a']);
      checkEqual(await bytesIn(store, 'aa'), [1], 'needed by b');
      await store.removeMedia('aa', ['a', 'b']);
      checkEqual([await store.media(), await bytesIn(store, 'aa')], [[], null], 'gone');
    },
  },
  {
    name: '[PH6] bytes outlive the mutation that the archive lets go of, and a new client id',
    async run(open) {
      const store = await open();
      await store.add([row('a')], [photo('aa', 'a', 7)]);
      await store.remove(['a']);
      await store.renumber('client-2');
      checkEqual(await bytesIn(store, 'aa'), [7], 'bytes');
    },
  },
  {
    name: '[PH7] bytes go with the last mutation that names them where it was refused',
    async run(open) {
      const store = await open();
      await store.add([row('a'), row('b')], [photo('aa', 'a', 7), photo('bb', 'a', 8), photo('bb', 'b', 8)]);
      await store.remove(['a'], ['a']);
      checkEqual([await bytesIn(store, 'aa'), await bytesIn(store, 'bb')], [null, [8]], 'bytes');
      checkEqual(
        (await store.media()).map(({ sha, mids }) => [sha, mids]),
        [['bb', ['b']]],
        'who needs them',
      );
    },
  },
  {
    name: '[PH13] one that was brought says when, and is to be brought again with another mutation',
    async run(open) {
      const store = await open();
      await store.add([row('a')], [photo('aa', 'a', 7)]);
      await store.changeMedia('aa', { broughtAt: 5 });
      checkEqual((await store.media())[0]?.broughtAt, 5, 'brought');
      await store.add([row('b')], [photo('aa', 'b', 7)]);
      const [one] = await store.media();
      checkEqual([one?.mids, one?.broughtAt], [['a', 'b'], null], 'to be asked again');
    },
  },
  {
    name: '[PH13] bytes that have come to wait again do not go with those that were brought',
    async run(open) {
      const store = await open();
      await store.add([row('a')], [photo('aa', 'a', 7)]);
      await store.removeBrought('aa', ['a']);
      checkEqual(await bytesIn(store, 'aa'), [7], 'it waits');
      await store.changeMedia('aa', { broughtAt: 5 });
      await store.removeBrought('aa', ['a']);
      checkEqual([await store.media(), await bytesIn(store, 'aa')], [[], null], 'it was brought');
    },
  },
  {
    name: '[RC6] that another mutation names bytes is noted without them, and of bytes that are not here nothing is',
    async run(open) {
      const store = await open();
      await store.add([row('a')], [photo('aa', 'a', 7, 8)]);
      await store.changeMedia('aa', { refused: 'position', asideAt: 9 });
      await store.add(
        [row('b')],
        [
          { ...photo('aa', 'b'), bytes: null },
          { ...photo('bb', 'b'), bytes: null },
        ],
      );
      checkEqual(
        (await store.media()).map(({ sha, mids, size, refused, asideAt }) => [sha, mids, size, refused, asideAt]),
        [['aa', ['a', 'b'], 2, null, null]],
        'who needs it',
      );
      checkEqual([await bytesIn(store, 'aa'), await bytesIn(store, 'bb')], [[7, 8], null], 'bytes');
    },
  },
  {
    name: '[PH11] a refused one is marked and put aside, and keeps its bytes',
    async run(open) {
      const store = await open();
      await store.add([row('a')], [photo('aa', 'a', 7)]);
      await store.changeMedia('aa', { refused: 'position' });
      await store.changeMedia('aa', { asideAt: 9 });
      const [one] = await store.media();
      checkEqual([one?.refused, one?.asideAt], ['position', 9], 'marks');
      checkEqual(await bytesIn(store, 'aa'), [7], 'bytes');
    },
  },
];
