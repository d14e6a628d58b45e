import { expect, test } from 'vitest';
import { buildSegment } from './build-segment.ts';
import { contentHash } from '../protocol/digest.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';

interface Data {
  key: string;
  at: number | string;
}

const sortByAt = ({ at }: Data): number | string => at;
const TICKET = {
  all: { key: () => '', sort: (_: Data, id: string) => id },
  byKey: { key: ({ key }: Data) => key, sort: sortByAt },
  byAt: { key: ({ at }: Data) => String(at), sort: ({ at }: Data) => at },
};
const MADE = { build: 'test', indexes: { ticket: TICKET } as unknown as IndexRegistry };

const build = (rows: readonly Data[]) =>
  buildSegment(
    'ticket',
    rows.length,
    rows.map((data, n) => ({ id: `t${n}`, ver: n + 1, content: n, text: JSON.stringify(data) })),
    MADE,
  );

test('each row has the number of its key, or the hash of it once there are many', () => {
  const rows = Array.from({ length: 130 }, (_, n): Data => ({ key: `k${n % 64}`, at: n }));
  const { byKey, byAt } = build(rows).columns;
  expect(byKey?.keys).toEqual({
    keys: Array.from({ length: 64 }, (_, n) => `k${n}`),
    codes: Uint8Array.from(rows, (_, n) => n % 64),
  });
  expect(byAt?.keys).toEqual({ hashes: Float64Array.from(rows, ({ at }) => contentHash(String(at))) });
});

test('neighbours with the same key have the same number', () => {
  const { byKey } = build(['a', 'b', 'b', 'b', 'a', 'a'].map((key, at) => ({ key, at }))).columns;
  expect(byKey?.keys).toEqual({ keys: ['a', 'b'], codes: Uint8Array.of(0, 1, 1, 1, 0, 0) });
});

test('what is sorted by is there once: numbers, texts, or nothing where it is the id', () => {
  const { sorts, columns } = build([
    { key: 'a', at: 3 },
    { key: 'b', at: 1 },
  ]);
  expect(sorts).toEqual([null, Float64Array.of(3, 1)]);
  expect(Object.values(columns).map(({ sort }) => sort)).toEqual([0, 1, 1]);
  expect(
    build([
      { key: 'a', at: 3 },
      { key: 'b', at: '乙' },
    ]).sorts,
  ).toEqual([null, ['3', '乙']]);
});

test('it takes as many rows as it was told, and no others', () => {
  expect(() => buildSegment('ticket', 2, [{ id: 't', ver: 1, content: 1, text: '{}' }], MADE)).toThrow();
});
