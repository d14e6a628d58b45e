import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { indexes } from '../../domain/record/indexes.ts';
import { lineOf } from '../../protocol/sync-lines.ts';
import type { PageRows, StoredRow } from '../../sync/ports.ts';
import { ticketWith } from '../features/desk/ticket-for-tests.ts';
import { plainRow } from './line-row.ts';
import { makePage } from './make-page.ts';
import { createPageMaker } from './page-maker.ts';
import type { PageOrder, WorkerAnswer } from './page-worker.ts';
import { readRows } from './read-rows.ts';

const MADE = { build: 'test', indexes };
const COUNT = 303;
const LINES = new TextEncoder().encode(
  Array.from({ length: COUNT }, (_, n): StoredRow => {
    if (n % 100 === 50) return { k: 'ticket', id: `gone${n}`, ver: n + 1 };
    return { k: 'ticket', id: `t${n}`, ver: n + 1, t: JSON.stringify(ticketWith({ loggedAt: n, text: `第${n}件` })) };
  })
    .map((row) => `${lineOf(row)}\n`)
    .join(''),
);

/** Works as the real one does, on copies, or as it is told to. */
class FakeWorker {
  onmessage: ((event: { data: WorkerAnswer }) => void) | null = null;
  onerror: (() => void) | null = null;
  ended = false;
  readonly orders: PageOrder[] = [];

  private readonly behave: (worker: FakeWorker, order: PageOrder) => void;

  constructor(behave: FakeWorker['behave']) {
    this.behave = behave;
  }

  postMessage(order: PageOrder, transfer: ArrayBuffer[]): void {
    const sent = structuredClone(order, { transfer });
    this.orders.push(sent);
    queueMicrotask(() => this.behave(this, sent));
  }

  answer(data: WorkerAnswer): void {
    if (!this.ended) this.onmessage?.({ data: structuredClone(data) });
  }

  terminate(): void {
    this.ended = true;
  }
}

const works = (worker: FakeWorker, { number, bytes, count }: PageOrder): void =>
  worker.answer({ number, page: makePage(bytes, count, MADE) });

let started: FakeWorker[];
const starting = (behave: ConstructorParameters<typeof FakeWorker>[0]) => (): Worker => {
  const worker = new FakeWorker(behave);
  started.push(worker);
  return worker as unknown as Worker;
};

const shown = ({ rows, segments }: PageRows): unknown => ({
  rows: rows.map(plainRow),
  segments: segments.map(({ segment, pieces, rows: whole }) => ({ segment, pieces, rows: whole().map(plainRow) })),
});

beforeEach(() => {
  started = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('every row of a page is in a segment or beside it, and says what came', async () => {
  const { rows, segments } = await createPageMaker(MADE)(LINES, COUNT);
  const all = [...rows, ...segments.flatMap((one) => one.rows())].map(plainRow).sort((a, b) => a.ver - b.ver);
  expect(all).toEqual(readRows(LINES, 0, COUNT)!.rows.map(plainRow));
  expect([rows.length, segments.map(({ segment }) => segment.vers.length)]).toEqual([3, [300]]);
});

test('a worker makes the same, page after page, and goes when it has had nothing to do for a while', async () => {
  const make = createPageMaker(MADE, starting(works));
  const made = await Promise.all([make(LINES, COUNT), make(LINES, COUNT)]);
  const here = shown(await createPageMaker(MADE)(LINES, COUNT));
  expect(made.map(shown)).toEqual([here, here]);
  expect(started.map(({ orders, ended }) => [orders.length, ended])).toEqual([[2, false]]);
  vi.advanceTimersByTime(60_000);
  expect(started[0]?.ended).toBe(true);
  expect(shown(await make(LINES, COUNT))).toEqual(here);
  expect(started).toHaveLength(2);
});

test.each<[string, ConstructorParameters<typeof FakeWorker>[0]]>([
  ['does not start', (worker) => worker.onerror?.()],
  ['does not answer', () => vi.advanceTimersByTime(60_000)],
])('where a worker %s all of them are made here, and no other is started', async (_how, behave) => {
  const make = createPageMaker(MADE, starting(behave));
  const here = shown(await createPageMaker(MADE)(LINES, COUNT));
  const made = await Promise.all([make(LINES, COUNT), make(LINES, COUNT)]);
  expect([...made, await make(LINES, COUNT)].map(shown)).toEqual([here, here, here]);
  expect(started.map(({ ended }) => ended)).toEqual([true]);
});

test('where none can be had, and where one could not make a page, it is made here', async () => {
  const here = shown(await createPageMaker(MADE)(LINES, COUNT));
  const none = createPageMaker(MADE, () => {
    throw new Error('no worker');
  });
  expect(shown(await none(LINES, COUNT))).toEqual(here);
  const fails = createPageMaker(
    MADE,
    starting((worker, { number }) => worker.answer({ number, page: null })),
  );
  expect(shown(await fails(LINES, COUNT))).toEqual(here);
});
