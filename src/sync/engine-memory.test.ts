import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { NO_ROLES } from '../domain/actor/actor.ts';
import { allowSpaces, idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { digestAdd, EMPTY_DIGEST } from '../protocol/digest.ts';
import type { TextResponse } from '../protocol/sync-lines.ts';
import type { EngineMemory } from './engine-memory.ts';
import { emptySpace } from './empty-cache.ts';
import { askForMediaAgain } from './kept-media.ts';
import { leaveOut } from './leave-out.ts';
import { StorageFull } from './outbox-port.ts';
import type { CachePage } from './cache-port.ts';
import type { NewOutboxRow } from './outbox-port.ts';
import { readSpaces } from './read-spaces.ts';
import { dropSpaces, dropUncarried } from './repair.ts';
import { newRound } from './round.ts';
import { contentOf } from './row-content.ts';
import { takeAllowed, takeRevoked } from './take-allowed.ts';

const row = (mid: string): NewOutboxRow => ({
  mid,
  space: 'grid:1',
  name: 'n',
  v: 1,
  args: {},
  at: 1,
  saveId: mid,
  about: null,
});

test('[PL9] what is left out while the outbox is being read stays left out', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { outbox } = memory.deps;
  const { all } = outbox;
  outbox.all = async () => {
    outbox.all = all;
    await leaveOut(memory, ['east']);
    return all();
  };
  await memory.readOutbox();
  expect(memory.meta.leftOut).toEqual(['east']);
  await outbox.putMeta({ leftOut: [] });
  await memory.readOutbox();
  expect(memory.meta.leftOut).toEqual([]);
});

test('[OB2] what is saved while the outbox is being read waits, and so does what an older reader comes too late with', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { outbox } = memory.deps;
  const { all } = outbox;
  let late: Promise<void> = Promise.resolve();
  let reads = 0;
  outbox.all = async () => {
    const read = await all();
    reads += 1;
    if (reads === 1) memory.take(await outbox.add([row('m1')]));
    if (reads === 3) await late;
    return read;
  };
  await memory.readOutbox();
  expect(memory.rows.map(({ mid }) => mid)).toEqual(['m1']);
  let goOn = (): void => undefined;
  late = new Promise((resolve) => (goOn = resolve));
  const older = memory.readOutbox();
  await outbox.add([row('m2')]);
  await memory.readOutbox();
  goOn();
  await older;
  expect(memory.rows.map(({ mid }) => mid)).toEqual(['m1', 'm2']);
});

test('[FK2] whoever finds another client id in the outbox takes nothing for settled that was settled under the one before', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { outbox, cache } = memory.deps;
  await memory.load();
  await memory.readOutbox();
  memory.take(await outbox.add([row('m1')]));
  memory.spaces.set('grid:1', { ...emptySpace('grid:1'), appliedSeq: 1 });
  const isSettled = (): boolean[] => memory.rows.map((one) => memory.isSettled(one));
  expect(isSettled()).toEqual([true]);
  await outbox.renumber('other');
  await memory.readOutbox();
  expect([memory.meta.clientId, isSettled(), (await cache.state()).client]).toEqual(['other', [false], 'other']);
});

test('[PH13] what comes into doubt of photos while the outbox is being read stays in doubt', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { outbox } = memory.deps;
  await outbox.add(
    [row('m1')],
    [{ sha: 'aa', type: 'image/jpeg', isThumb: false, mids: ['m1'], at: 1, bytes: new ArrayBuffer(1) }],
  );
  await outbox.changeMedia('aa', { broughtAt: 7 });
  await memory.load();
  const { all } = outbox;
  outbox.all = async () => {
    outbox.all = all;
    await askForMediaAgain(memory, 'all');
    return all();
  };
  await memory.readOutbox();
  expect([memory.media.length, memory.brought.length]).toEqual([1, 0]);
});

test('[FK1] what another tab writes while the outbox is read is not taken for a fork: the seqs are those of the rows', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { outbox } = memory.deps;
  await outbox.add([row('m1')]);
  const { all } = outbox;
  outbox.all = async () => {
    await outbox.add([row('m2')]);
    return all();
  };
  await memory.readOutbox();
  expect(memory.rows.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(memory.meta.seqs).toEqual({ 'grid:1': 2 });
});

const SPACE = 'grid:1';

/** A page with one more row, each of its own version. */
function pageAfter(memory: EngineMemory): CachePage {
  const { cursor, digest } = memory.space(SPACE);
  const ver = (cursor?.ver ?? 0) + 1;
  const one = { k: 'ticket', id: `t${ver}`, ver, d: { text: '楼道灯不亮' } };
  const next = {
    ...emptySpace(SPACE),
    cursor: { ver, id: '~/' },
    digest: digestAdd(digest, { kind: 'ticket', id: one.id, ver, content: contentOf(one) }),
  };
  return { space: SPACE, from: cursor, receiptsFrom: 0, rows: [one], next, receipts: [] };
}

async function take(memory: EngineMemory): Promise<void> {
  const page = pageAfter(memory);
  const stored = await memory.deps.cache.applyPage(page);
  memory.takePage({ page, segments: stored?.segments ?? [] });
}

/** A space with one row, and what happens once, between its rows having been read and their being taken. */
async function reading(meanwhile: (memory: EngineMemory) => Promise<void> | void): Promise<EngineMemory> {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  await memory.load();
  await allowSpaces(memory, [SPACE]);
  await take(memory);
  const { rows } = memory.deps.cache;
  let once: typeof meanwhile | null = meanwhile;
  memory.deps.cache.rows = async (id) => {
    const read = await rows(id);
    const work = once;
    once = null;
    await work?.(memory);
    return read;
  };
  return memory;
}

const isShown = (memory: EngineMemory, id: string): boolean => memory.base(SPACE).kind('ticket').records.has(id);

test('[PL5] a space that was erased while it was read again does not come back', async () => {
  const memory = await reading((at) => dropSpaces(at, [SPACE]));
  await readSpaces(memory, [SPACE]);
  expect([memory.spaces.has(SPACE), isShown(memory, 't1')]).toEqual([false, false]);
});

test('[VW7] what is here stays while it is read again', async () => {
  const seen: boolean[] = [];
  const memory = await reading((at) => void seen.push(isShown(at, 't1')));
  await readSpaces(memory, [SPACE]);
  expect([...seen, isShown(memory, 't1')]).toEqual([true, true]);
});

test('[PL3] a page that comes while a space is read again is kept, and nothing is fetched again for it', async () => {
  const memory = await reading(take);
  await readSpaces(memory, [SPACE]);
  expect([isShown(memory, 't1'), isShown(memory, 't2')]).toEqual([true, true]);
  expect(memory.space(SPACE).cursor?.ver).toBe(2);
  expect((await memory.deps.cache.spaces()).map(({ cursor }) => cursor?.ver)).toEqual([2]);
});

test('[VW7] where there is no room to write a space anew it is read as it is', async () => {
  const memory = await reading(() => undefined);
  const { cache } = memory.deps;
  const { rows } = cache;
  cache.rows = async (id) => ({ ...(await rows(id)), stored: 5000 });
  let tried = 0;
  cache.tidy = () => {
    tried += 1;
    return Promise.reject(new StorageFull());
  };
  await memory.load();
  expect([tried, isShown(memory, 't1')]).toEqual([1, true]);
});

test('[PL5, PL9] what may not be held, or is left out, and lies in the cache all the same goes at the next start', async () => {
  const memory = await reading(() => undefined);
  const start = async (): Promise<unknown[]> => {
    await memory.load();
    return [isShown(memory, 't1'), (await memory.deps.cache.spaces()).map(({ id }) => id)];
  };
  expect(await start()).toEqual([true, [SPACE]]);
  await allowSpaces(memory, []);
  expect(await start()).toEqual([false, []]);
});

test('[PL5] what cannot be dropped at a start keeps nobody from their work, and photos of it go as well', async () => {
  const memory = await reading(() => undefined);
  const { cache } = memory.deps;
  await allowSpaces(memory, []);
  cache.dropSpaces = () => Promise.reject(new Error('not now'));
  await memory.load();
  expect([isShown(memory, 't1'), [...memory.undropped], memory.state.keepsSeen]).toEqual([false, [SPACE], true]);
});

test('[PL9] what another tab has heard to be allowed is not dropped by one that has not', async () => {
  const memory = await reading(() => undefined);
  memory.state = { ...memory.state, allowed: [] };
  await dropUncarried(memory);
  expect([isShown(memory, 't1'), (await memory.deps.cache.spaces()).length]).toEqual([true, 1]);
});

test('[PL5] what a cache failed to drop is dropped with whatever goes next', async () => {
  const memory = await reading(() => undefined);
  const { cache } = memory.deps;
  const { dropSpaces: drop } = cache;
  cache.dropSpaces = () => Promise.reject(new Error('not now'));
  await expect(dropSpaces(memory, [SPACE])).rejects.toThrow('not now');
  expect((await cache.spaces()).map(({ id }) => id)).toEqual([SPACE]);
  cache.dropSpaces = drop;
  await dropSpaces(memory, []);
  expect([await cache.spaces(), memory.undropped.size]).toEqual([[], 0]);
});

test('[PL5] roles and spaces that a store failed to keep are kept by the next answer', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { cache } = memory.deps;
  const { putState } = cache;
  await memory.load();
  const answer = { ...REVOKED, revoked: false, allowed: [{ id: SPACE, community: null, ver: 1 }] };
  cache.putState = () => Promise.reject(new Error('not now'));
  await expect(takeAllowed(memory, answer, newRound())).rejects.toThrow('not now');
  cache.putState = putState;
  await takeAllowed(memory, answer, newRound());
  expect((await cache.state()).allowed).toEqual(answer.allowed);
});

test('[FK1] an outbox that was put back beside the server’s word on others under its seqs begins anew', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  await memory.load();
  await allowSpaces(memory, [SPACE]);
  await memory.deps.outbox.add([row('here')]);
  const receipt = { seq: 1, mid: 'there', status: 'applied' as const, code: '', data: {}, ver: 1 };
  const next = { ...emptySpace(SPACE), cursor: { ver: 1, id: '~/' }, done: true, appliedSeq: 1, receiptsAfter: 1 };
  const page = { space: SPACE, from: null, receiptsFrom: 0, rows: [], next, receipts: [receipt] };
  await memory.deps.cache.applyPage(page);
  await memory.load();
  expect(memory.rows.map((one) => memory.isSettled(one))).toEqual([false]);
});

const REVOKED: TextResponse = {
  epoch: 'e',
  serverTime: 1,
  member: { id: 'm', name: '周小禾', roles: { ...NO_ROLES, volunteer: [], coordinator: [] } },
  revoked: true,
  allowed: [],
  pushed: [],
  pages: [],
  resets: [],
};

test('[RV1] who reads a space while a revoked phone empties its cache brings nothing back', async () => {
  const memory = await reading(() => undefined);
  const { cache } = memory.deps;
  const { clear } = cache;
  let found = false;
  cache.clear = async () => {
    await readSpaces(memory, [SPACE]);
    found = isShown(memory, 't1');
    await clear();
  };
  await takeRevoked(memory, REVOKED, newRound(), null);
  expect([found, isShown(memory, 't1'), memory.spaces.size]).toEqual([true, false, 0]);
});

test('[RV1] drafts are forgotten at each answer to a revoked session, and taken again with the first good one', async () => {
  const memory = await reading(() => undefined);
  const told: string[] = [];
  memory.deps.drafts = {
    forget: async () => void told.push('forget'),
    takeAgain: () => told.push('take again'),
  };
  await takeRevoked(memory, REVOKED, newRound(), null);
  await takeRevoked(memory, REVOKED, newRound(), null);
  await takeAllowed(memory, { ...REVOKED, revoked: false }, newRound());
  expect(told).toEqual(['forget', 'forget', 'take again']);
});

test('[VW7] rows that do not add up to their digest go', async () => {
  const memory = await reading(() => undefined);
  const { rows } = memory.deps.cache;
  memory.deps.cache.rows = async (id) => ({ ...(await rows(id)), rows: [] });
  await readSpaces(memory, [SPACE]);
  expect([memory.space(SPACE).digest, await memory.deps.cache.spaces()]).toEqual([EMPTY_DIGEST, []]);
});

test('[VW1] whoever looks sees what is pending over what is here, whatever was read or forgotten since, and it is made once', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  await memory.load();
  const { overlay } = memory;
  await memory.deps.outbox.add([row('by another tab')]);
  await memory.readMedia();
  expect(memory.overlay).toBe(overlay);
  await memory.readOutbox();
  const withAnother = memory.overlay;
  expect(withAnother).not.toBe(overlay);
  expect(memory.overlay).toBe(withAnother);
  memory.forget('grid:1');
  expect(memory.overlay).not.toBe(withAnother);
});
