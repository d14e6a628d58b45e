import { expect, test } from 'vitest';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { indexes } from '../domain/record/indexes.ts';
import { ticketWith } from '../client/features/desk/ticket-for-tests.ts';
import { createPageMaker } from '../client/lines/page-maker.ts';
import { digestAdd, EMPTY_DIGEST } from '../protocol/digest.ts';
import { lineOf } from '../protocol/sync-lines.ts';
import type { Cursor, SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { Answer, AnswerPage, StoredRow } from './ports.ts';
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
  const lines = new TextEncoder().encode(rows.map((row) => `${lineOf(row)}\n`).join(''));
  return { ...told, rows: [], many: { count: rows.length, made: make(lines, rows.length) } };
}

async function take(memory: EngineMemory, page: AnswerPage | null, resets: Answer['resets'] = []) {
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
    pushed: [],
    pages: page === null ? [] : [page],
    resets,
  };
  const { cursor, upTo, receiptsAfter } = memory.space(SPACE);
  const pull = [{ space: SPACE, cursor, upTo, receiptsAfter, rows: true }];
  return takeResponse(memory, { push: [], pull } as unknown as SyncRequest, answer, null);
}

/** Three pages of many, the second with rows of the first in a later version, and a last one with its digest. */
async function pullAll(digestOf: (reckoned: string) => string) {
  const memory = idleEngineMemory('m', indexes);
  await memory.load();
  const { applyPage } = memory.deps.cache;
  let number = 0;
  // As the real store, whose columns are taken over once the space is large.
  memory.deps.cache.applyPage = async (page) => {
    if ((await applyPage(page)) === null) return null;
    return { segments: (page.segments ?? []).map(({ segment }) => ({ ...segment, n: (number += 1) })) };
  };
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
  expect([base.size, base.coldKind('ticket')?.size]).toEqual([live.size, SIZE]);
  const { rows } = await memory.deps.cache.rows(SPACE);
  expect(rows.map(({ id, ver }) => `${id} ${ver}`).sort()).toEqual(
    [...live.values()].map(({ id, ver }) => `${id} ${ver}`).sort(),
  );
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
    await outbox.add([row], [{ sha: 'aa', type: 'image/jpeg', mids: ['a'], at: 1, bytes: new ArrayBuffer(1) }]);
    await outbox.changeMedia('aa', { broughtAt: 7 });
    await memory.readOutbox();
    memory.state = { ...memory.state, epoch: 'e' };
    await take(memory, null, [{ space: SPACE, reason }]);
    expect((await outbox.media()).map(({ broughtAt }) => broughtAt)).toEqual([kept]);
    expect(memory.media.length).toBe(kept === null ? 1 : 0);
  },
);
