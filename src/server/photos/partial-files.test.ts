import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { partialFiles } from './partial-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-partial-'));
afterAll(() => rm(folder, { recursive: true }));

const files = partialFiles(join(folder, 'uploads'));
const textOf = async (name: string) => Buffer.from(await files.read(name)).toString();

test('bytes are added where the file ends, and nowhere else', async () => {
  expect(await files.length('one')).toBe(0);
  expect(await files.append('one', 3, Buffer.from('late'))).toBe(0);
  expect(await files.append('one', 0, Buffer.from('abc'))).toBe(3);
  expect(await files.append('one', 0, Buffer.from('XY'))).toBe(3);
  expect(await files.append('one', 2, Buffer.from('XY'))).toBe(3);
  expect(await files.append('one', 9, Buffer.from('XY'))).toBe(3);
  expect(await files.append('one', 3, Buffer.from('def'))).toBe(6);
  expect(await textOf('one')).toBe('abcdef');
});

test('what is discarded is begun anew, and to discard what is not here is no fault', async () => {
  await files.append('two', 0, Buffer.from('abc'));
  await files.discard('two');
  await files.discard('two');
  expect(await files.append('two', 3, Buffer.from('def'))).toBe(0);
  expect(await files.length('two')).toBe(0);
});

test('a sweep takes what nobody has added to since, and is content with an empty place', async () => {
  await files.append('old', 0, Buffer.from('a'));
  await files.append('new', 0, Buffer.from('b'));
  await utimes(join(folder, 'uploads', 'old'), 1000, 1000);
  await files.sweep(2_000_000);
  expect([await files.length('old'), await files.length('new')]).toEqual([0, 1]);
  await partialFiles(join(folder, 'nowhere')).sweep(2_000_000);
});
