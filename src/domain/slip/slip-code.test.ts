import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSlipCode, showSlipCode, slipCodeFrom } from './slip-code.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bytes = fc.uint8Array({ minLength: 9, maxLength: 9 });
const code = bytes.map(slipCodeFrom);

test('a code has ten characters of the alphabet and reads back as itself', () => {
  fc.assert(
    fc.property(code, (made) => {
      expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
      expect(readSlipCode(made)).toBe(made);
    }),
  );
});

test('any one wrong character is told', () => {
  fc.assert(
    fc.property(code, fc.nat({ max: 9 }), fc.nat({ max: 31 }), (made, at, which) => {
      const wrong = made.slice(0, at) + ALPHABET[which] + made.slice(at + 1);
      expect(readSlipCode(wrong)).toBe(wrong === made ? made : null);
    }),
    { numRuns: 2000 },
  );
});

test('two neighbours that changed places are told', () => {
  const sparse = fc.uint8Array({ minLength: 9, maxLength: 9 }).map((all) => all.map((byte) => (byte % 2 ? 31 : 0)));
  fc.assert(
    fc.property(fc.oneof(bytes, sparse).map(slipCodeFrom), fc.nat({ max: 8 }), (made, at) => {
      const swapped = made.slice(0, at) + made[at + 1] + made[at] + made.slice(at + 2);
      expect(readSlipCode(swapped)).toBe(swapped === made ? made : null);
    }),
    { numRuns: 2000 },
  );
});

test('case, spaces, hyphens, wide characters and look-alikes are forgiven', () => {
  const made = slipCodeFrom(Uint8Array.from([0, 1, 10, 11, 1, 2, 3, 4, 5]));
  expect(made.startsWith('01AB1')).toBe(true);
  const typed = made.replace('01AB1', ' oi-ab l ').toLowerCase();
  expect(readSlipCode(typed)).toBe(made);
  expect(readSlipCode(showSlipCode(made))).toBe(made);
  expect(readSlipCode([...made].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join(''))).toBe(made);
});

test('what cannot be a code is none, whatever it is', () => {
  expect(readSlipCode('')).toBeNull();
  expect(readSlipCode('UUUUUUUUUU')).toBeNull();
  expect(readSlipCode('0000000000000')).toBeNull();
  fc.assert(
    fc.property(fc.string({ maxLength: 14 }), (typed) => {
      const read = readSlipCode(typed);
      expect(read === null || readSlipCode(read) === read).toBe(true);
    }),
  );
});

test('too few bytes make no code', () => {
  expect(() => slipCodeFrom(new Uint8Array(8))).toThrow(RangeError);
});

test('a shown code stands in groups', () => {
  expect(showSlipCode('ABCDEFGHJK')).toBe('ABC DEF GHJK');
});
