import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { allowSpaces, idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { emptySpace } from './empty-cache.ts';
import { askForMediaAgain } from './kept-media.ts';
import { leaveOut } from './leave-out.ts';
import type { NewOutboxRow } from './outbox-port.ts';

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

test('[FK1] an outbox that was put back beside the server’s word on others under its seqs begins anew', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  await memory.load();
  await allowSpaces(memory, ['grid:1']);
  await memory.deps.outbox.add([row('here')]);
  const receipt = { seq: 1, mid: 'there', status: 'applied' as const, code: '', data: {}, ver: 1 };
  const next = { ...emptySpace('grid:1'), cursor: { ver: 1, id: '~/' }, done: true, appliedSeq: 1, receiptsAfter: 1 };
  const page = { space: 'grid:1', from: null, receiptsFrom: 0, rows: [], next, receipts: [receipt] };
  await memory.deps.cache.applyPage(page);
  await memory.load();
  expect(memory.rows.map((one) => memory.isSettled(one))).toEqual([false]);
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
