import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/protocol/error-code.ts';
import { EAST, officeWorld, type AccountWorld } from '../support/account-world.ts';
import { bytesOf, hashOf, named } from '../support/photo-bytes.ts';
import { photoPhone } from '../support/photo-phone.ts';
import { dumpDatabase } from './support/dump-database.ts';

let world: AccountWorld;
let cookies: string[];
beforeAll(async () => {
  world = await officeWorld();
  const phones = [await world.signedIn('范晓', { volunteer: [EAST.grid] }), await world.signedIn('彭博', {})];
  cookies = phones.map(({ cookie }) => cookie);
}, 60_000);
afterAll(() => world.deps.close());

const phoneOf = (which: number) => photoPhone((path, init) => world.app.request(path, init), cookies[which] ?? '');

/** One request of one phone: from where it was told, or from anywhere at all, as many bytes as it likes. */
const request = fc.record({
  phone: fc.nat({ max: 1 }),
  from: fc.option(fc.nat({ max: 5000 }), { nil: undefined, freq: 3 }),
  bytes: fc.nat({ max: 2500 }),
});

test('whatever two phones send in whatever pieces, what is said to be whole has its hash, and it comes to an end', async () => {
  let photos = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 25 }), async (requests) => {
      const photo = bytesOf(`property ${photos++}`, 5000);
      const told = [0, 0];
      for (const { phone, from, bytes } of requests) {
        const at = from ?? told[phone] ?? 0;
        const answer = await phoneOf(phone).patch(photo, at, Math.min(at + bytes, 5000));
        expect([204, 409]).toContain(answer.status);
        if (answer.status === 204) expect(answer.offset).toBeGreaterThanOrEqual(Math.min(at + bytes, 5000));
        told[phone] = answer.offset;
      }
      const head = await phoneOf(0).head(photo);
      const rest = await phoneOf(0).patch(photo, head.status === 404 ? 0 : head.offset);
      expect(rest).toEqual({ status: 204, offset: 5000, complete: true });
      const stored = await world.deps.photos.store.get(photo.sha);
      expect(stored && hashOf(stored)).toBe(photo.sha);
    }),
    { numRuns: 40 },
  );
});

test('bytes that are no photo end in a clean refusal and leave nothing', async () => {
  const before = await dumpDatabase(world.deps.db);
  const type = fc.constantFrom('image/jpeg', 'image/webp', 'audio/webm', 'audio/mp4', 'audio/ogg');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), type, fc.boolean(), async (bytes, as, lie) => {
      const { sha, ...rest } = named(Buffer.from(bytes));
      const sent = { ...rest, sha: lie ? sha.replace(/^./, (first) => (first === '0' ? '1' : '0')) : sha };
      const answer = await phoneOf(0).patch(sent, 0, bytes.length, { 'content-type': as });
      expect(answer.status).toBe(422);
    }),
    { numRuns: 60 },
  );
  expect(await dumpDatabase(world.deps.db)).toBe(before);
});

test('heads with anything in them are refused with a code of the list and change nothing', async () => {
  const before = await dumpDatabase(world.deps.db);
  const photo = bytesOf('heads', 300);
  const odd = fc.oneof(
    fc.constantFrom('', '-1', '1e3', '0x10', '1.5', 'NaN', '99999999999', '٣', '1,2', ' '),
    fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).filter((text) => !/^\s*\d{1,10}\s*$/.test(text)),
  );
  const name = fc.constantFrom('upload-offset', 'upload-length', 'content-type');
  await fc.assert(
    fc.asyncProperty(name, odd, async (header, value) => {
      fc.pre(isHeader(value));
      const response = await world.app.request(`/api/photos/${photo.sha}`, {
        method: 'PATCH',
        headers: {
          cookie: cookies[0] ?? '',
          'content-type': photo.type,
          'upload-offset': '0',
          'upload-length': '300',
          [header]: value,
        },
        body: photo.bytes,
      });
      const { error } = (await response.json()) as { error: { code: keyof typeof ERROR_CODES } };
      expect(['bad_request', 'unsupported_media_type']).toContain(error.code);
      expect(ERROR_CODES[error.code]).toBe(response.status);
    }),
    { numRuns: 120 },
  );
  expect(await dumpDatabase(world.deps.db)).toBe(before);
});

function isHeader(value: string): boolean {
  try {
    return new Headers({ x: value }).has('x');
  } catch {
    return false;
  }
}
