import fc from 'fast-check';
import { parse, v5 } from 'uuid';
import { expect, test } from 'vitest';
import { uuidOfName } from './uuid-of-name.ts';

const NAMESPACE = '6f1c3a5e-8d2b-5c47-9e10-2b7d4a9c6f31';

test('a name has the UUIDv5 that everybody else derives from it', () => {
  const dns = parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8');
  // RFC 9562, appendix A.4.
  expect(uuidOfName('www.example.com', dns)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      expect(uuidOfName(name, parse(NAMESPACE))).toBe(v5(name, NAMESPACE));
    }),
  );
});

test('names of letters that take two, three and four bytes', () => {
  for (const name of ['\u007f', '\u0080', 'é', '\u07ff', '\u0800', '\uffff', '\u{10000}', '\u{10ffff}', '门😀户é']) {
    expect(uuidOfName(name, parse(NAMESPACE)), name).toBe(v5(name, NAMESPACE));
  }
});

test('names of every length, of which each ends elsewhere in its block', () => {
  for (let length = 0; length < 200; length++) {
    const name = '户'.repeat(length % 3) + 'x'.repeat(length);
    expect(uuidOfName(name, parse(NAMESPACE)), `${length}`).toBe(v5(name, NAMESPACE));
  }
});
