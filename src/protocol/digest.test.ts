import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash, contentHashOfUtf8, digestAdd, digestSubtract, EMPTY_DIGEST } from './digest.ts';

const row = (ver: number, text: string) => ({ kind: 'ticket', id: 't1', ver, content: contentHash(text) });

test('the digest tells kind, id, version and words apart', () => {
  const seen = [
    row(1, '{"text":"灯不亮"}'),
    row(1, '{"text":"灯亮了"}'),
    row(2, '{"text":"灯不亮"}'),
    { ...row(1, '{"text":"灯不亮"}'), id: 't2' },
    { ...row(1, '{"text":"灯不亮"}'), kind: 'visit' },
  ].map((one) => digestAdd(EMPTY_DIGEST, one));
  expect(new Set(seen).size).toBe(seen.length);
});

test('the digest of a row is what it always was: servers and phones of other builds reckon the same', () => {
  const one = { kind: 'ticket', id: '01989b00-0000-7000-8000-000000000001', ver: 7, content: 5302428712241725 };
  expect(digestAdd(EMPTY_DIGEST, one)).toBe('1cfbd9781c333c63');
  const other = { kind: '访', id: 'a~/é😀', ver: Number.MAX_SAFE_INTEGER, content: 0 };
  expect(digestAdd(EMPTY_DIGEST, other)).toBe('aa05833a727dfa2c');
});

test('what is added and taken away again leaves nothing, in any order', () => {
  const one = row(1, 'a');
  const two = row(2, 'b');
  const both = digestAdd(digestAdd(EMPTY_DIGEST, one), two);
  expect(digestAdd(digestAdd(EMPTY_DIGEST, two), one)).toBe(both);
  expect(digestSubtract(digestSubtract(both, one), two)).toBe(EMPTY_DIGEST);
});

test('the words of a row hash to the same on both sides of the wire', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      const stored = JSON.stringify(data);
      const received: unknown = JSON.parse(JSON.stringify({ d: JSON.parse(stored) as unknown }));
      expect(contentHash(JSON.stringify((received as { d: unknown }).d))).toBe(contentHash(stored));
    }),
  );
});

test('bytes hash to what their text does, whatever is written in them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(3), (text, before) => {
      const bytes = new TextEncoder().encode(text);
      const within = new Uint8Array(bytes.length + before + 2);
      within.set(bytes, before);
      expect(contentHashOfUtf8(within, before, before + bytes.length)).toBe(contentHash(text));
    }),
  );
});
