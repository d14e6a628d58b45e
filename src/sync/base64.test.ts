import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

test('it is what everyone else calls base64, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64(bytes.slice().buffer);
      expect(text).toBe(btoa(String.fromCharCode(...bytes)));
      expect([...new Uint8Array(fromBase64(text))]).toEqual([...bytes]);
    }),
  );
});
