import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packAsItIs, packRows } from '../../../tests/support/pack-rows.ts';
import { indexes } from '../../domain/record/indexes.ts';
import type { StoredRow } from '../../sync/cache-port.ts';
import { ticketWith } from '../features/desk/ticket-for-tests.ts';
import { plainRow } from './line-row.ts';
import { makePage } from './make-page.ts';
import type { PagePart } from './make-page.ts';
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

const taken = fc.array(row, { minLength: 200, maxLength: 700 });

const rowsOf = (chosen: { k: string; text: string; isGone: boolean }[], isOdd: boolean): StoredRow[] =>
  chosen.map(({ k, text, isGone }, n) => {
    const key = { k, id: `${k}-${n}`, ver: n + 1 };
    if (isGone) return key;
    return { ...key, t: isOdd && k === 'ticket' && n > 190 ? 'null' : JSON.stringify(DATA[k]!(n, text)) };
  });

test('a page in parts is made into what its rows are made into, in whatever order they stand', async () => {
  await fc.assert(
    fc.asyncProperty(taken, fc.boolean(), async (chosen, isOdd) => {
      const rows = rowsOf(chosen, isOdd);
      const expected = makeRows(rows, MADE);
      const { segments, others } = await makePage(packRows(rows), MADE);
      expect(segments.map(({ segment }) => segment)).toEqual(expected.segments.map(({ segment }) => segment));
      const left = readRows(others.lines, 0, others.count);
      expect(left?.end).toBe(others.lines.length);
      const inOrder = (some: readonly StoredRow[] = []): StoredRow[] =>
        some.map(plainRow).sort((a, b) => a.ver - b.ver);
      expect(inOrder(left?.rows).map(({ h: _, ...one }) => one)).toEqual(inOrder(expected.others));
    }),
    { numRuns: 40 },
  );
});

const SLIPS = Array.from({ length: 300 }, (_, n): StoredRow => {
  const data = { visitId: null, createdAt: n, code: `第${n}件` };
  return { k: 'slip', id: `s${n}`, ver: n + 1, t: JSON.stringify(data) };
});
const [SLIP_PART] = packRows(SLIPS);

test.each<[string, PagePart]>([
  ['another number of rows', { ...SLIP_PART!, count: 299 }],
  ['another kind', { ...SLIP_PART!, kind: 'visit' }],
  ['a piece too few', { ...SLIP_PART!, pieces: SLIP_PART!.pieces.slice(1) }],
  ['pieces of another size', { ...SLIP_PART!, pieces: [...SLIP_PART!.pieces, packAsItIs(new Uint8Array())] }],
  ['bytes that were never packed', { ...SLIP_PART!, pieces: [new Uint8Array([7, 7, 7])] }],
  ['tombstones among the living', { ...packRows(SLIPS.map(({ k, id, ver }) => ({ k, id, ver })))[0]!, kind: 'slip' }],
])('a part that has %s is none', async (_how, part) => {
  await expect(makePage([part], MADE)).rejects.toThrow();
});
