import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderStore } from '../../src/server/photos/folder-store.ts';
import type { PhotoStore } from '../../src/server/photos/photo-store.ts';
import { s3Store } from '../../src/server/photos/s3-store.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { S3_KEYS, startS3 } from '../support/s3-store.ts';

let folder: string;
let s3: Awaited<ReturnType<typeof startS3>>;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-store-'));
  s3 = await startS3('doorstep');
  ({ url } = s3);
}, 30_000);
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const stores: Record<string, () => PhotoStore> = {
  'a folder': () => folderStore(join(folder, 'photos'), randomUUID),
  'a store that speaks S3': () => s3Store({ url: `${url}/doorstep`, region: 'us-east-1', ...S3_KEYS }),
};

describe.each(Object.entries(stores))('%s', (name, open) => {
  test('gives back what was put, byte for byte, also to another process', async () => {
    for (const length of [30, 3000, 2 * 1024 * 1024]) {
      const { sha, bytes, type } = bytesOf(`${name} ${length}`, length);
      await open().put(sha, bytes, type);
      await expect.poll(async () => Buffer.from((await open().get(sha)) ?? []).equals(bytes)).toBe(true);
    }
  });

  test('has nothing of what was never put', async () => {
    expect(await open().get(bytesOf('never').sha)).toBeNull();
  });

  test('takes the same bytes twice, also at once', async () => {
    const { sha, bytes, type } = bytesOf(`${name} twice`);
    await Promise.all([open().put(sha, bytes, type), open().put(sha, bytes, type)]);
    await open().put(sha, bytes, type);
    // The S3 of the tests answers a put before its file is closed; a real one does not.
    await expect.poll(async () => Buffer.from((await open().get(sha)) ?? []).equals(bytes)).toBe(true);
  });

  test('removes what is here, and is content where nothing is', async () => {
    const { sha, bytes, type } = bytesOf(`${name} removed`);
    await open().put(sha, bytes, type);
    await open().remove(sha);
    await open().remove(sha);
    expect(await open().get(sha)).toBeNull();
  });

  test('lists what is here by the first two digits, and nothing else', async () => {
    const some = Array.from({ length: 40 }, (_, n) => bytesOf(`${name} listed ${n}`, 100 + n));
    for (const { sha, bytes, type } of some) await open().put(sha, bytes, type);
    await open().mark('office-1');
    const start = some[0]?.sha.slice(0, 2) ?? '';
    const wanted = some.filter(({ sha }) => sha.startsWith(start)).map(({ sha, bytes }) => [sha, bytes.length]);
    const listed = () => open().list(start);
    await expect
      .poll(async () => {
        const found = new Map((await listed()).map(({ sha, size }) => [sha, size]));
        return wanted.every(([sha, size]) => found.get(String(sha)) === size);
      })
      .toBe(true);
    for (const { sha, putAt } of await listed()) {
      expect(sha.startsWith(start)).toBe(true);
      expect(Math.abs(putAt - Date.now())).toBeLessThan(60_000);
    }
    const empty = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
    const all = (await Promise.all(empty.map((one) => open().list(one)))).flat().map(({ sha }) => sha);
    for (const { sha } of some) expect(all.filter((one) => one === sha)).toEqual([sha]);
  });

  test('knows every office that has left its mark', async () => {
    await open().mark('office-1');
    await open().mark('office-1');
    await expect.poll(async () => (await open().mark('office-2')).sort()).toEqual(['office-1', 'office-2']);
  });
});

/** Root may write anywhere: no folder is closed to it. */
const isRoot = process.getuid?.() === 0;

test('a folder leaves nothing half written behind', async () => {
  const place = join(folder, 'strict');
  const store = folderStore(place, randomUUID);
  const { sha, bytes, type } = bytesOf('strict');
  await store.put(sha, bytes, type);
  expect(await readdir(join(place, 'new'))).toEqual([]);
  expect(await readdir(join(place, sha.slice(0, 2), sha.slice(2, 4)))).toEqual([sha]);
});

test('a folder throws away what a killed put has left, and not what is being written', async () => {
  const place = join(folder, 'killed');
  const store = folderStore(place, randomUUID);
  const { sha, bytes, type } = bytesOf('killed');
  await store.sweep(Date.now());
  await store.put(sha, bytes, type);
  const [left, coming] = [`${sha}.left`, `${sha}.coming`];
  for (const one of [left, coming]) await writeFile(join(place, 'new', one), bytes.subarray(9));
  const old = new Date(Date.now() - 100_000);
  await utimes(join(place, 'new', left), old, old);
  await store.sweep(Date.now() - 50_000);
  expect(await readdir(join(place, 'new'))).toEqual([coming]);
  expect(await store.get(sha)).not.toBeNull();
});

test.skipIf(isRoot)('a folder says when it cannot write', async () => {
  const place = join(folder, 'closed');
  const store = folderStore(place, randomUUID);
  const { sha, bytes, type } = bytesOf('strict');
  await store.put(sha, bytes, type);
  await chmod(join(place, 'new'), 0o500);
  const other = bytesOf('other');
  await expect(store.put(other.sha, other.bytes, other.type)).rejects.toThrow();
  await chmod(join(place, 'new'), 0o700);
});

test('a store that is not there, or does not know us, throws and does not pretend', async () => {
  const { sha, bytes, type } = bytesOf('lost');
  const gone = s3Store({ url: 'http://127.0.0.1:9/doorstep', region: 'auto', ...S3_KEYS });
  await expect(gone.put(sha, bytes, type)).rejects.toThrow();
  await expect(gone.get(sha)).rejects.toThrow();
  const stranger = s3Store({ url: `${url}/doorstep`, region: 'us-east-1', keyId: 'nobody', secret: 'wrong' });
  await expect(stranger.put(sha, bytes, type)).rejects.toThrow();
  await expect(stranger.get(sha)).rejects.toThrow();
  const noBucket = s3Store({ url: `${url}/elsewhere`, region: 'us-east-1', ...S3_KEYS });
  await expect(noBucket.put(sha, bytes, type)).rejects.toThrow();
});
