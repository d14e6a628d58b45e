// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { keep, readKept } from '../db/account-store.ts';
import { heardStored, restoreDurable, STORAGE_KEYS, storedDurably, writeStored } from './storage-keys.ts';

const KEY = STORAGE_KEYS.preferences;
const PAUSED = { photosPaused: true };

beforeEach(async () => {
  localStorage.clear();
  await keep(KEY, { photosPaused: false });
});

async function chosenForWorker(): Promise<unknown> {
  await storedDurably();
  return (await readKept()).get(KEY);
}

test('BS1: what is chosen here is written down for the worker as well', async () => {
  writeStored(KEY, PAUSED);
  expect(await chosenForWorker()).toEqual(PAUSED);
});

test('BS1: what was chosen and did not get to the worker is written down at the next start', async () => {
  localStorage.setItem(KEY, JSON.stringify(PAUSED));
  await restoreDurable();
  expect(await chosenForWorker()).toEqual(PAUSED);
});

test('BS1: what a tab of an earlier build chose is written down by this one', async () => {
  localStorage.setItem(KEY, JSON.stringify(PAUSED));
  heardStored(KEY);
  expect(await chosenForWorker()).toEqual(PAUSED);
});

test('what lies there for the worker changes nothing of what is chosen here', async () => {
  localStorage.setItem(KEY, JSON.stringify(PAUSED));
  await restoreDurable();
  expect(JSON.parse(localStorage.getItem(KEY)!)).toEqual(PAUSED);
});
