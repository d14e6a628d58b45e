import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf } from '../../protocol/sync-lines.ts';
import type { LinesResponse } from '../../protocol/sync-lines.ts';
import { PackedPages } from '../../server/sync/packed-pages.ts';
import { encodePacked } from '../../server/sync/encode-packed.ts';
import type { StoredRow } from '../../sync/cache-port.ts';
import { plainRow } from '../lines/line-row.ts';
import { readPacked } from './read-packed.ts';

const row = fc.record({
  k: fc.constantFrom('ticket', 'ticket', 'slip', '号'),
  text: fc.string({ unit: 'grapheme' }),
  isGone: fc.boolean(),
});

const rowsOf = (chosen: { k: string; text: string; isGone: boolean }[]): StoredRow[] =>
  chosen.map(({ k, text, isGone }, n) => {
    const key = { k, id: `号${n}`, ver: n + 1 };
    return isGone ? key : { ...key, t: JSON.stringify(text) };
  });

const linesOf = (rows: readonly StoredRow[]): { count: number; bytes: Uint8Array } => ({
  count: rows.length,
  bytes: new TextEncoder().encode(rows.map((one) => `${lineOf(one)}\n`).join('')),
});

test('what a server packs is what a phone reads, whatever stands beside each other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 400 }), { maxLength: 3 }), async (pages) => {
      const all = pages.map(rowsOf);
      const response = {
        epoch: '纪元',
        pages: all.map((rows) => ({ space: 'grid:1', done: true, lines: linesOf(rows) })),
      } as unknown as LinesResponse;
      const bytes = Uint8Array.from(Buffer.concat(await encodePacked(response, new PackedPages(() => 0))));
      const read = await readPacked(bytes, () => Promise.reject(new Error('none of many')));
      expect(read?.answer).toEqual({
        epoch: '纪元',
        pages: all.map(() => ({ space: 'grid:1', done: true, rows: [] })),
      });
      const came = read?.pages.map((page) => page.rows.map(plainRow)) ?? [];
      expect(came.map((rows) => rows.map(({ h: _, ...one }) => one).sort((a, b) => a.ver - b.ver))).toEqual(all);
    }),
    { numRuns: 60 },
  );
});
