import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { packRows } from '../../../tests/support/pack-rows.ts';
import { indexes } from '../../domain/record/indexes.ts';
import type { PageRows, StoredRow } from '../../sync/cache-port.ts';
import { ticketWith } from '../features/desk/ticket-for-tests.ts';
import { plainRow } from './line-row.ts';
import { makePage } from './make-page.ts';
import { createPageMaker } from './page-maker.ts';
import type { PageOrder, WorkerAnswer } from './page-worker.ts';

const MADE = { build: 'test', indexes };
const ROWS = Array.from({ length: 303 }, (_, n): StoredRow => {
  if (n % 100 === 50) return { k: 'ticket', id: `gone${n}`, ver: n + 1 };
  return { k: 'ticket', id: `t${n}`, ver: n + 1, t: JSON.stringify(ticketWith({ loggedAt: n, text: `第${n}件` })) };
});
const PARTS = packRows(ROWS);

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

  postMessage(order: PageOrder): void {
    const sent = structuredClone(order);
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

const works = (worker: FakeWorker, { number, parts }: PageOrder): void =>
  void makePage(parts, MADE).then((page) => worker.answer({ number, page }));

let started: FakeWorker[];
const starting = (behave: ConstructorParameters<typeof FakeWorker>[0]) => (): Worker => {
  const worker = new FakeWorker(behave);
  started.push(worker);
  return worker as unknown as Worker;
};

const shown = async ({ rows, segments }: PageRows): Promise<unknown> => ({
  rows: rows.map(plainRow),
  segments: await Promise.all(
    segments.map(async ({ segment, pieces, rows: whole }) => ({
      segment,
      pieces,
      rows: (await whole()).map(plainRow),
    })),
  ),
});
const shownAll = (pages: readonly PageRows[]): Promise<unknown[]> => Promise.all(pages.map(shown));

beforeEach(() => {
  started = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

test('every row of a page is in a segment or beside it, and says what came', async () => {
  const { rows, segments } = await createPageMaker(MADE)(PARTS);
  const whole = await Promise.all(segments.map((one) => one.rows()));
  const all = [...rows, ...whole.flat()].map(plainRow).sort((a, b) => a.ver - b.ver);
  expect(all.map(({ h: _, ...row }) => row)).toEqual(ROWS);
  expect([rows.length, segments.map(({ segment }) => segment.vers.length)]).toEqual([3, [300]]);
});

test('a worker makes the same, page after page, and goes when it has had nothing to do for a while', async () => {
  const make = createPageMaker(MADE, starting(works));
  const made = await Promise.all([make(PARTS), make(PARTS)]);
  const here = await shown(await createPageMaker(MADE)(PARTS));
  expect(await shownAll(made)).toEqual([here, here]);
  expect(started.map(({ orders, ended }) => [orders.length, ended])).toEqual([[2, false]]);
  vi.advanceTimersByTime(60_000);
  expect(started[0]?.ended).toBe(true);
  expect(await shown(await make(PARTS))).toEqual(here);
  expect(started).toHaveLength(2);
});

test('a worker that is to be ready makes the page that comes, and goes where none comes', async () => {
  const make = createPageMaker(MADE, starting(works));
  make.getReady();
  make.getReady();
  expect(started).toHaveLength(1);
  await make(PARTS);
  expect(started.map(({ orders, ended }) => [orders.length, ended])).toEqual([[1, false]]);
  vi.advanceTimersByTime(60_000);
  make.getReady();
  vi.advanceTimersByTime(60_000);
  expect(started.map(({ orders, ended }) => [orders.length, ended])).toEqual([
    [1, true],
    [0, true],
  ]);
});

test.each<[string, ConstructorParameters<typeof FakeWorker>[0]]>([
  ['does not start', (worker) => worker.onerror?.()],
  ['does not answer', () => vi.advanceTimersByTime(60_000)],
])('where a worker %s all of them are made here, and no other is started', async (_how, behave) => {
  const make = createPageMaker(MADE, starting(behave));
  const here = await shown(await createPageMaker(MADE)(PARTS));
  const made = await Promise.all([make(PARTS), make(PARTS)]);
  expect(await shownAll([...made, await make(PARTS)])).toEqual([here, here, here]);
  expect(started.map(({ ended }) => ended)).toEqual([true]);
});

test('where none can be had, and where one could not make a page, it is made here', async () => {
  const here = await shown(await createPageMaker(MADE)(PARTS));
  const none = createPageMaker(MADE, () => {
    throw new Error('no worker');
  });
  none.getReady();
  expect(await shown(await none(PARTS))).toEqual(here);
  const fails = createPageMaker(
    MADE,
    starting((worker, { number }) => worker.answer({ number, page: null })),
  );
  expect(await shown(await fails(PARTS))).toEqual(here);
});
