import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareEntries, SortedList } from './sorted-list.ts';
import type { Entry } from './sorted-list.ts';

const entry = fc.record({ sort: fc.integer({ min: 0, max: 9 }), id: fc.string({ minLength: 1, maxLength: 2 }) });
const entries = fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 60 });

const contents = (list: SortedList): (Entry | undefined)[] => Array.from({ length: list.length }, (_, n) => list.at(n));

test('[VW4] a list that was changed is the list that would have been sorted anew', () => {
  fc.assert(
    fc.property(entries, entries, fc.integer({ min: 1, max: 4 }), (before, other, nth) => {
      const list = new SortedList([...before]);
      const removed = before.filter((_, n) => n % nth === 0);
      const kept = before.filter((_, n) => n % nth !== 0);
      const added = other.filter(({ id }) => !kept.some((one) => one.id === id));
      list.change(removed, added);
      expect(contents(list)).toEqual([...kept, ...added].sort(compareEntries));
    }),
  );
});

test('[VW4] large changes are merged, small ones put in their place, with the same result', () => {
  const at = (n: number): Entry => ({ sort: n, id: `r${n}` });
  const list = new SortedList(Array.from({ length: 100 }, (_, n) => at(n * 2)));
  list.change(
    [],
    Array.from({ length: 50 }, (_, n) => at(n * 4 + 1)),
  );
  list.change([at(0), at(1)], [at(3)]);
  const sorts = contents(list).map((one) => one?.sort);
  expect(sorts).toEqual([...sorts].sort((a, b) => Number(a) - Number(b)));
  expect(list.length).toBe(149);
  expect(sorts.slice(0, 3)).toEqual([2, 3, 4]);
});
