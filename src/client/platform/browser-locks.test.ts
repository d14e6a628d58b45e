import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBrowserLocks } from './browser-locks.ts';

/** A holder that never ends, as a frozen tab; `beatMs` says whether its timers still run. */
function holdForGood(name: string, beatMs: number): { letGo(): void; end: Promise<string | undefined> } {
  let letGo = (): void => undefined;
  const held = new Promise<string>((resolve) => (letGo = () => resolve('held')));
  return { letGo, end: createBrowserLocks(beatMs).ifFree(name, () => held) };
}

const FROZEN = 1_000_000;
/** Long beside what a busy machine adds to each wait. */
const PATIENCE = 600;

test('TB2: a lock whose holder shows no sign of life is taken over after a while, not before', async () => {
  const holder = holdForGood('frozen', FROZEN);
  const other = createBrowserLocks(FROZEN, PATIENCE);
  const ask = (): Promise<string | undefined> => other.ifFree('frozen', () => Promise.resolve('sent'));
  await wait(20);
  expect(await ask()).toBeUndefined();
  await wait(50);
  expect(await ask()).toBeUndefined();
  await wait(PATIENCE);
  expect(await ask()).toBe('sent');
  // Who lost it ends as its own work ends, not with an error.
  holder.letGo();
  expect(await holder.end).toBe('held');
  expect(await ask()).toBe('sent');
});

test('TB2: a holder that lives keeps its lock, however long it takes', async () => {
  const holder = holdForGood('long', 20);
  const other = createBrowserLocks(FROZEN, PATIENCE);
  for (let n = 0; n < 6; n += 1) {
    await wait(PATIENCE / 5);
    expect(await other.ifFree('long', () => Promise.resolve('stolen'))).toBeUndefined();
  }
  holder.letGo();
  expect(await holder.end).toBe('held');
  expect(await other.ifFree('long', () => Promise.resolve('free'))).toBe('free');
});

test('TB2: silences of two holders are not added up', async () => {
  const other = createBrowserLocks(FROZEN, PATIENCE);
  for (let n = 0; n < 4; n += 1) {
    const holder = holdForGood('turns', FROZEN);
    await wait(PATIENCE / 3);
    expect(await other.ifFree('turns', () => Promise.resolve('stolen'))).toBeUndefined();
    holder.letGo();
    await holder.end;
  }
});

test('TB1: work that fails under the lock fails for whoever asked, and the lock is free again', async () => {
  const locks = createBrowserLocks();
  await expect(locks.ifFree('failing', () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  expect(await locks.ifFree('failing', () => Promise.resolve(1))).toBe(1);
});
