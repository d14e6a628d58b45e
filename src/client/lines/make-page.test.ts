import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexes } from '../../domain/record/indexes.ts';
import { lineOf } from '../../protocol/sync-lines.ts';
import type { StoredRow } from '../../sync/ports.ts';
import { ticketWith } from '../features/desk/ticket-for-tests.ts';
import { plainRow } from './line-row.ts';
import { makePage } from './make-page.ts';
import { makeRows } from './make-rows.ts';
import { readRows } from './read-rows.ts';

const MADE = { build: 'test', indexes };

/** Tickets and slips that may be in segments, a kind that may not, tombstones, and tickets that no list can take. */
const DATA: Record<string, (n: number, text: string) => unknown> = {
  ticket: (n, text) => ticketWith({ loggedAt: n, text }),
  slip: (n, text) => ({ visitId: n % 2 ? null : `v${n}`, createdAt: 7, code: text }),
  notice: (n, text) => ({ at: n, text }),
};

const row = fc.record({
  k: fc.constantFrom('ticket', 'ticket', 'ticket', 'slip', 'slip', 'notice'),
  text: fc.string({ unit: 'grapheme' }),
  isGone: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
});

test('a page of lines is made into what its rows are made into, in whatever order they stand', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 200, maxLength: 700 }), fc.boolean(), (chosen, isOdd) => {
      const rows = chosen.map(({ k, text, isGone }, n): StoredRow => {
        const key = { k, id: `${k}-${n}`, ver: n + 1 };
        if (isGone) return key;
        return { ...key, t: isOdd && k === 'ticket' && n > 190 ? 'null' : JSON.stringify(DATA[k]!(n, text)) };
      });
      const bytes = new TextEncoder().encode(rows.map((one) => `${lineOf(one)}\n`).join(''));
      const expected = makeRows(readRows(bytes, 0, rows.length)!.rows, MADE);
      const { segments, others } = makePage(bytes, rows.length, MADE);
      expect(segments).toEqual(expected.segments);
      const left = readRows(others.lines, 0, others.count);
      expect(left?.end).toBe(others.lines.length);
      const inOrder = (some: readonly StoredRow[] = []): StoredRow[] =>
        some.map(plainRow).sort((a, b) => a.ver - b.ver);
      expect(inOrder(left?.rows)).toEqual(inOrder(expected.others));
    }),
    { numRuns: 40 },
  );
});
