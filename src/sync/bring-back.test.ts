import { beforeEach, expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { emptyOutboxDisk, newOutboxDisk, openMemoryOutbox } from '../../tests/support/memory-outbox-store.ts';
import type { OutboxDisk } from '../../tests/support/memory-outbox-store.ts';
import type { EngineMemory } from './engine-memory.ts';
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
const photoOf = (mid: string) =>
  ({ sha: 'aa', type: 'image/jpeg', isThumb: false, mids: [mid], at: 1, bytes: new ArrayBuffer(1) }) as const;
const mids = (rows: readonly { mid: string }[]): string[] => rows.map(({ mid }) => mid);

let disk: OutboxDisk;
let made: number;

beforeEach(() => {
  disk = newOutboxDisk();
  made = 0;
});

/** A page over the disk that all pages of a test share. */
const openPage = (): EngineMemory =>
  idleEngineMemory(
    'm',
    {} as IndexRegistry,
    openMemoryOutbox(disk, () => `c${++made}`),
  );

test('[OB10] what only this page knows goes back into an outbox that the browser emptied', async () => {
  const memory = openPage();
  const { outbox } = memory.deps;
  await outbox.add([row('m1'), row('m2'), row('m3'), row('m4'), row('aside')], [photoOf('m2')]);
  await outbox.putAside('aside', 1);
  await memory.load();
  const word = { ver: 1, code: '', data: {}, space: 'grid:1' };
  memory.receipts.set('m1', { ...word, seq: 1, mid: 'm1', status: 'applied' });
  memory.receipts.set('m3', { ...word, seq: 3, mid: 'm3', status: 'rejected' });
  emptyOutboxDisk(disk);
  await outbox.add([row('m5')]);
  await memory.readOutbox();
  expect([mids(disk.rows), mids(memory.rows)]).toEqual([
    ['m1', 'm2', 'm3', 'm4', 'm5'],
    ['m1', 'm2', 'm3', 'm4', 'm5'],
  ]);
  expect(memory.meta.formerId).toBe('c1');
  expect(memory.media).toMatchObject([{ sha: 'aa', refused: 'lost' }]);
});

test('[OB10] photos that went with it are told, whoever looks for photos first', async () => {
  const memory = openPage();
  await memory.deps.outbox.add([row('m1')], [photoOf('m1')]);
  await memory.load();
  emptyOutboxDisk(disk);
  await memory.readMedia();
  expect(memory.media).toMatchObject([{ sha: 'aa', refused: 'lost' }]);
  expect(mids(disk.rows)).toEqual(['m1']);
});

test('[OB10] a tab that comes second takes what the first has brought back', async () => {
  const [one, other] = [openPage(), openPage()];
  await one.deps.outbox.add([row('m1'), row('m2')]);
  await one.load();
  await other.load();
  emptyOutboxDisk(disk);
  await Promise.all([one.load(), other.load()]);
  for (const { rows, meta } of [one, other]) {
    expect([mids(rows), meta.clientId]).toEqual([['m1', 'm2'], disk.clientId]);
  }
});

test('[OB10] what was let go of, or numbered anew, is not brought back by a page that has not heard of it', async () => {
  const memory = openPage();
  const { outbox } = memory.deps;
  await outbox.add([row('m1'), row('m2')]);
  await memory.load();
  await outbox.renumber('other');
  await outbox.remove(['m1']);
  await memory.readOutbox();
  expect(mids(memory.rows)).toEqual(['m2']);
});
