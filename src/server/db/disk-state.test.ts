import { beforeEach, expect, test } from 'vitest';
import { createDiskState, type DiskState } from './disk-state.ts';

const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
const busy = Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });
let time = 0;
let fault: Error | null = null;
let probes = 0;
let disk: DiskState;

beforeEach(() => {
  [time, fault, probes] = [0, null, 0];
  const probe = () => {
    probes += 1;
    return fault ? Promise.reject(fault) : Promise.resolve();
  };
  disk = createDiskState(probe, () => time);
});

test('a disk that never failed is not tried', async () => {
  disk.note(busy);

  expect(await disk.isWritable()).toBe(true);
  expect(probes).toBe(0);
});

test('one that failed is tried after a minute, once a minute, until a write comes through', async () => {
  disk.note(full);
  fault = full;
  time = 59_000;
  expect(await disk.isWritable()).toBe(false);
  expect(probes).toBe(0);
  time = 60_000;
  expect(await disk.isWritable()).toBe(false);
  expect(await disk.isWritable()).toBe(false);
  expect(probes).toBe(1);
  fault = null;
  time = 120_000;
  expect(await disk.isWritable()).toBe(true);
});

test('what may be left out is left out while the disk is full, and any other fault is passed on', async () => {
  await disk.ifWritable(() => Promise.reject(full));

  expect(await disk.isWritable()).toBe(false);
  await expect(disk.ifWritable(() => Promise.reject(busy))).rejects.toBe(busy);
});
