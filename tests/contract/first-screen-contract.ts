import { EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import type { FirstScreen } from '../../src/sync/first-screen.ts';
import type { CachedSpace, CachePage, CacheStore } from '../../src/sync/cache-port.ts';
import { check, checkEqual } from './check.ts';
import type { ContractCase } from './check.ts';

const standing = (id: string, ver: number): CachedSpace => ({
  id,
  cursor: { ver, id: '~/' },
  upTo: null,
  done: true,
  appliedSeq: 0,
  receiptsAfter: ver,
  digest: EMPTY_DIGEST,
});

const page = (id: string, from: number | null, to: number): CachePage => ({
  space: id,
  from: from === null ? null : { ver: from, id: '~/' },
  receiptsFrom: from ?? 0,
  rows: [],
  next: standing(id, to),
  receipts: [],
});

const SCREEN: FirstScreen = {
  stamp: 7,
  answers: [
    [['count', { space: ['grid:1', 'grid:2'], kind: 'ticket', index: 'byOpen', key: 'open' }], 3],
    [['get', 'grid:1', 'ticket', 't1'], undefined],
    [['has', 'grid:1', 'ticket', 't1'], false],
  ],
  openConflicts: 2,
  decisions: new Map([['m1', { as: 'returned', reason: '请写清楚门牌' }]]),
};

/** What every cache store keeps to of a first screen; titles quote docs/sync-spec.md. */
export const firstScreenContract: readonly ContractCase<CacheStore>[] = [
  {
    name: '[VW9] a first screen is there for the next start as it was kept, and goes with all else',
    async run(open) {
      const store = await open();
      checkEqual(await store.firstScreen(), null, 'nothing at first');
      await store.applyPage(page('grid:1', null, 2));
      await store.keepFirstScreen(SCREEN, [standing('grid:1', 2)]);
      const again = await (await open()).firstScreen();
      const { stamp, openConflicts, answers, decisions } = again ?? { ...SCREEN, stamp: 0 };
      checkEqual([stamp, openConflicts, answers], [SCREEN.stamp, SCREEN.openConflicts, SCREEN.answers], 'kept');
      checkEqual([...decisions], [...SCREEN.decisions], 'decisions');
      check(again?.answers[1]?.[1] === undefined, 'what was not there is not there');
      checkEqual((await store.state()).client, null, 'the state is another matter');
      await store.clear();
      checkEqual(await store.firstScreen(), null, 'cleared');
    },
  },
  {
    name: '[VW9] what was made of spaces that have moved on, or are gone, is not kept',
    async run(open) {
      const store = await open();
      await store.applyPage(page('grid:1', null, 2));
      await store.applyPage(page('grid:2', null, 2));
      const seen = [standing('grid:2', 2), standing('grid:1', 2)];
      await store.applyPage(page('grid:1', 2, 3));
      await store.keepFirstScreen(SCREEN, seen);
      checkEqual(await store.firstScreen(), null, 'moved on');
      await store.keepFirstScreen(SCREEN, [standing('grid:1', 3)]);
      checkEqual(await store.firstScreen(), null, 'one more');
      await store.keepFirstScreen(SCREEN, [standing('grid:2', 2), standing('grid:1', 3)]);
      check((await store.firstScreen()) !== null, 'as they are, in whichever order');
      await store.dropSpaces(['grid:2']);
      checkEqual(await store.firstScreen(), null, 'a space that is let go of takes it along');
    },
  },
];
