import * as v from 'valibot';
import { expect, test, vi } from 'vitest';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { defineMutator } from '../domain/mutation/mutator.ts';
import type { Mutator } from '../domain/mutation/mutator.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { EMPTY_DIGEST } from '../protocol/digest.ts';
import { createBodyReader } from './body-reader.ts';
import { EngineMemory } from './engine-memory.ts';
import { makeSegment } from './build-segment.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import { createView } from './view.ts';

const SPACE = 'grid:1';
const indexes = {
  ticket: { all: { key: () => '', sort: (_: unknown, id: string) => id } },
} as unknown as IndexRegistry;

/** What one record says goes into another. */
const copy = defineMutator({
  name: 'copy',
  version: 1,
  spaceKind: 'grid',
  args: v.object({ from: v.string(), to: v.string() }),
  creates: false,
  authorize: () => undefined,
  apply: (tx, { from, to }, { space }) => {
    const data = tx.get(space, 'ticket', from);
    if (data !== undefined) tx.put('ticket', to, data);
  },
}) as unknown as Mutator;

/** A large space of some records of which nothing has been read. */
function large(over: Partial<EngineDependencies> = {}, ids: readonly string[] = ['a', 'b']) {
  const memory = new EngineMemory({
    ...idleEngineMemory('m', indexes).deps,
    mutators: new Map([['copy', copy]]),
    ...over,
  });
  const rows = ids.map((id, n) => ({ k: 'ticket', id, ver: n + 1, t: JSON.stringify({ text: id }) }));
  const texts = rows.map(({ t }) => t);
  const segment = { ...makeSegment(rows, texts, { build: 'test', indexes }), n: 1 };
  const reads: number[][] = [];
  memory.deps.cache.bodies = (places) => {
    reads.push(places.map(({ row }) => row));
    return Promise.resolve(places.map(({ row }) => rows[row]));
  };
  memory.base(SPACE).load({ segments: [segment], rows: [], stored: rows.length }, EMPTY_DIGEST);
  const told: string[][] = [];
  const reader = createBodyReader(memory, (spaces) => told.push([...spaces]));
  const view = createView(memory, () => () => undefined, reader);
  const textOf = (id: string): unknown => (view.get(SPACE, 'ticket', id)?.data as { text: string } | undefined)?.text;
  return { memory, reads, told, reader, textOf };
}

test('[VW8] who decides by a record waits for what is pending over it, whatever that has to read', async () => {
  const { memory, reader, textOf } = large();
  await reader.whole(() => textOf('b'));
  const args = { from: 'a', to: 'b' };
  await memory.deps.outbox.add([
    { mid: 'm1', space: SPACE, name: 'copy', v: 1, args, at: 1, saveId: 's', about: null },
  ]);
  await memory.readOutbox();
  memory.fold();
  // What it says was read long ago; what is to be laid over it was not.
  expect(textOf('b')).toBe('b');
  expect(await reader.whole(() => textOf('b'))).toBe('a');
});

test('[VW8] what could not be read is read a little later, and told then', async () => {
  const timers: (() => void)[] = [];
  const after = (_ms: number, run: () => void) => {
    timers.push(run);
    return () => undefined;
  };
  const { memory, told, reader, textOf } = large({ clock: { now: () => 0, ticks: () => 0, after } });
  const { bodies } = memory.deps.cache;
  memory.deps.cache.bodies = () => Promise.reject(new Error('the connection was lost'));
  expect(textOf('a')).toBeUndefined();
  await expect(reader.bring()).rejects.toThrow('the connection was lost');
  // Who asks meanwhile is read with it.
  expect(textOf('b')).toBeUndefined();
  memory.deps.cache.bodies = bodies;
  for (const run of timers.splice(0)) run();
  await vi.waitUntil(() => told.flat().length > 0);
  expect(told.flat()).toEqual([SPACE]);
  expect([textOf('a'), textOf('b')]).toEqual(['a', 'b']);
});

test.for([
  ['before', false],
  ['after', true],
] as const)('[VW8] an engine that was stopped %s a reading failed reads nothing again', async ([, later]) => {
  let waiting = 0;
  const after = () => {
    waiting += 1;
    return () => void (waiting -= 1);
  };
  const { memory, reader, textOf } = large({ clock: { now: () => 0, ticks: () => 0, after } });
  memory.deps.cache.bodies = () => Promise.reject(new Error('closed'));
  if (!later) reader.stop();
  textOf('a');
  await expect(reader.bring()).rejects.toThrow('closed');
  expect(waiting).toBe(later ? 1 : 0);
  reader.stop();
  expect(waiting).toBe(0);
});

test('[VW8] what nobody has asked for in a while goes, by the time that has passed and not by a clock that people set', async () => {
  const time = { now: 0, ticks: 0 };
  const clock = { now: () => time.now, ticks: () => time.ticks, after: () => () => undefined };
  const ids = Array.from({ length: 1003 }, (_, n) => `r${1000 + n}`);
  const [next, last, ...many] = ids;
  const { reader, textOf } = large({ clock }, ids);
  const read = async (...asked: string[]): Promise<void> => {
    for (const id of asked) textOf(id);
    await reader.bring();
  };
  await read(...many);
  time.now += 365 * 24 * 60 * 60_000;
  await read(next!);
  expect(many.filter((id) => textOf(id) === undefined)).toEqual([]);
  time.now = 0;
  time.ticks += 60_000;
  await read(last!);
  expect(textOf(last!)).toBe(last);
  expect(many.filter((id) => textOf(id) !== undefined)).toEqual([]);
});
