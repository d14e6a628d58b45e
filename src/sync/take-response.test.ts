import { expect, test } from 'vitest';
import { allowSpaces, idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { packRows } from '../../tests/support/pack-rows.ts';
import { indexes } from '../domain/record/indexes.ts';
import { ticketWith } from '../client/features/desk/ticket-for-tests.ts';
import { createPageMaker } from '../client/lines/page-maker.ts';
import { digestAdd, EMPTY_DIGEST } from '../protocol/digest.ts';
import type { Cursor, Receipt, SyncRequest } from '../protocol/sync-messages.ts';
import { emptySpace } from './empty-cache.ts';
import type { EngineMemory } from './engine-memory.ts';
import { TransportError } from './transport-port.ts';
import type { CachedSpace, StoredRow } from './cache-port.ts';
import type { Answer, AnswerPage } from './transport-port.ts';
import { pullOf } from './pull-list.ts';
import { contentOf } from './row-content.ts';
import { takeResponse } from './take-response.ts';

const SPACE = 'grid:1';
const SIZE = 3000;
const make = createPageMaker({ build: 'test', indexes });
const at = (ver: number): Cursor => ({ ver, id: '~/' });

const ticket = (n: number, ver: number): StoredRow => ({
  k: 'ticket',
  id: `t${n}`,
  ver,
  t: JSON.stringify(ticketWith({ loggedAt: n })),
});

function pageOf(from: number, rows: readonly StoredRow[], done: boolean, digest: string | null): AnswerPage {
  const page = { space: SPACE, from: from === 0 ? null : at(from), cursor: at(from + 1), upTo: 9, done, receipts: [] };
  const told = { ...page, lastSeq: done ? 0 : null, digest };
  if (done) return { ...told, rows: [...rows] };
  return { ...told, rows: [], many: { count: rows.length, made: make(packRows(rows)) } };
}

interface Asked {
  resets?: Answer['resets'];
  pushed?: Answer['pushed'];
  /** Where this tab asked before it heard of what is here now. */
  before?: Partial<CachedSpace>;
}

async function take(memory: EngineMemory, page: AnswerPage | null, { resets = [], pushed = [], before }: Asked = {}) {
  const member = {
    id: 'm',
    name: '何田',
    roles: { volunteer: ['1'], claimer: false, unit: null, coordinator: [], admin: false },
  };
  const allowed = [{ id: SPACE, community: 'c', ver: 9 }];
  const answer: Answer = {
    epoch: 'e',
    serverTime: 1,
    member,
    revoked: false,
    allowed,
    pushed,
    pages: page === null ? [] : [page],
    resets,
  };
  const pull = [pullOf({ ...memory.space(SPACE), ...before }, true)];
  return takeResponse(memory, { push: [], pull } as unknown as SyncRequest, answer, null);
}

/** Three pages of many, the second with rows of the first in a later version, and a last one with its digest. */
async function pullAll(digestOf: (reckoned: string) => string) {
  const memory = idleEngineMemory('m', indexes);
  await memory.load();
  const pages = [0, 1, 2].map((n) => Array.from({ length: SIZE }, (_, i) => ticket(n * SIZE + i, n + 1)));
  for (let i = 0; i < 200; i++) pages[1]![i] = ticket(i, 2);
  const gone: StoredRow = { k: 'ticket', id: 't2500', ver: 4 };
  const live = new Map([...pages.flat()].map((row) => [row.id, row]));
  live.delete(gone.id);
  const digest = [...live.values()].reduce(
    (sum, row) => digestAdd(sum, { kind: row.k, id: row.id, ver: row.ver, content: contentOf(row) }),
    EMPTY_DIGEST,
  );
  const counted: number[] = [];
  for (const [n, rows] of pages.entries()) counted.push((await take(memory, pageOf(n, rows, false, null))).rows);
  const last = await take(memory, pageOf(3, [gone], true, digestOf(digest)));
  return { memory, live, counted, last };
}

test('[PL6] pages of which the rows are made beside are taken like others, and add up to the digest of the server', async () => {
  const { memory, live, counted, last } = await pullAll((digest) => digest);
  expect(counted).toEqual([SIZE, SIZE, SIZE]);
  expect(last.fault).toBeNull();
  const base = memory.base(SPACE);
  expect([base.size, base.coldKind('ticket')?.size]).toEqual([live.size, live.size]);
  const { rows } = await memory.deps.cache.rows(SPACE);
  expect(rows.map(({ id, ver }) => `${id} ${ver}`).sort()).toEqual(
    [...live.values()].map(({ id, ver }) => `${id} ${ver}`).sort(),
  );
});

test('[VW8] a space that is no large one once all of it is here is held whole', async () => {
  const memory = idleEngineMemory('m', indexes);
  await memory.load();
  const rows = Array.from({ length: SIZE }, (_, n) => ticket(n, 1));
  await take(memory, pageOf(0, rows, false, null));
  expect(memory.base(SPACE).coldKind('ticket')?.size).toBe(SIZE);
  const { moved } = await take(memory, pageOf(1, [ticket(SIZE, 2)], true, null));
  const base = memory.base(SPACE);
  expect([base.size, base.coldKind('ticket'), base.kind('ticket').records.size]).toEqual([
    SIZE + 1,
    undefined,
    SIZE + 1,
  ]);
  expect(moved.has(SPACE)).toBe(true);
});

test('[PL8] a page whose lines are none is asked for once more, and what came beside it is taken', async () => {
  const memory = idleEngineMemory('m', indexes);
  await memory.load();
  const none = Promise.reject(new TransportError('not_doorstep'));
  none.catch(() => undefined);
  const broken = { ...pageOf(0, [], false, null), many: { count: SIZE, made: none } };
  const round = await take(memory, broken, {
    pushed: [{ space: SPACE, lastSeq: 1, receipts: [receipt], stop: null }],
  });
  expect([round.fault, round.open.has(SPACE), memory.space(SPACE).cursor]).toEqual(['not_doorstep', true, null]);
  expect([...memory.receipts.keys()]).toEqual(['a']);
});

test('[PL6] where they do not add up nothing of them stays', async () => {
  const { memory, last } = await pullAll(() => '0123456789abcdef');
  expect(last.fault).toBe('digest');
  expect([memory.base(SPACE).size, (await memory.deps.cache.rows(SPACE)).stored]).toEqual([0, 0]);
});

test.each([
  ['epoch', null],
  ['future', null],
  ['gc', 7],
] as const)(
  '[PH13] whether the server has a photo of a space that began anew (%s) is asked again',
  async (reason, kept) => {
    const memory = idleEngineMemory('m', indexes);
    await memory.load();
    const { outbox } = memory.deps;
    const row = { mid: 'a', space: SPACE, name: 'n', v: 1, args: {}, at: 1, saveId: 's', about: null };
    await outbox.add(
      [row],
      [{ sha: 'aa', type: 'image/jpeg', isThumb: false, mids: ['a'], at: 1, bytes: new ArrayBuffer(1) }],
    );
    await outbox.changeMedia('aa', { broughtAt: 7 });
    await memory.readOutbox();
    memory.state = { ...memory.state, epoch: 'e' };
    await take(memory, null, { resets: [{ space: SPACE, reason }] });
    expect((await outbox.media()).map(({ broughtAt }) => broughtAt)).toEqual([kept]);
    expect(memory.media.length).toBe(kept === null ? 1 : 0);
  },
);

const receipt: Receipt = { seq: 1, mid: 'a', status: 'applied', code: '', data: {}, ver: 9 };

/** A tab that stands where another tab has brought it: its one mutation is settled, and the space was pulled to its end. */
async function movedOn(): Promise<EngineMemory> {
  const memory = idleEngineMemory('m', indexes);
  await memory.load();
  await allowSpaces(memory, [SPACE]);
  await memory.deps.outbox.add([
    { mid: 'a', space: SPACE, name: 'n', v: 1, args: {}, at: 1, saveId: 's', about: null },
  ]);
  const next = { ...emptySpace(SPACE), cursor: at(9), done: true, appliedSeq: 1, receiptsAfter: 9 };
  const page = { space: SPACE, from: null, receiptsFrom: 0, rows: [], next, receipts: [receipt] };
  await memory.deps.cache.applyPage(page);
  await memory.load();
  return memory;
}

test.each([
  ['a page', { cursor: at(1), upTo: 2 }],
  ['its receipts', { receiptsAfter: 4 }],
])('[PL3] %s asked for before another tab moved on tells of no loss, and is asked for again', async (_what, before) => {
  const memory = await movedOn();
  const { cursor } = { ...memory.space(SPACE), ...before };
  const older = { ...pageOf(0, [], true, null), from: cursor, cursor: at(2), upTo: 2 };
  const round = await take(memory, older, { before });
  expect([round.repaired, [...round.open]]).toEqual([false, [SPACE]]);
  expect(memory.space(SPACE)).toMatchObject({ cursor: at(9), appliedSeq: 1 });
});

test('[PL3] where another tab was first with what came of a push, what it wrote is read', async () => {
  const memory = await movedOn();
  memory.receipts.clear();
  memory.spaces.set(SPACE, emptySpace(SPACE));
  const pushed = [{ space: SPACE, stop: null, lastSeq: 1, receipts: [receipt] }];
  const round = await take(memory, null, { pushed });
  expect([[...round.open], [...round.moved]]).toEqual([[SPACE], [SPACE]]);
  expect([memory.space(SPACE).cursor, memory.receipts.get('a')?.status]).toEqual([at(9), 'applied']);
});
