/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE = ALPHABET.length;
/** Random characters; one check character follows them. */
const LENGTH = 9;

/** Luhn mod 32 over values from left to right: the sum of a whole, right code is a multiple of 32. */
function luhnSum(values: readonly number[], doubledFromRight: 0 | 1): number {
  return values.reduce((sum, value, index) => {
    if ((values.length - 1 - index) % 2 !== doubledFromRight) return sum + value;
    const doubled = value * 2;
    return sum + Math.floor(doubled / BASE) + (doubled % BASE);
  }, 0);
}

const checkOf = (values: readonly number[]): number => (BASE - (luhnSum(values, 0) % BASE)) % BASE;

/** Luhn does not see 0 and Z change places; codes in which they stand side by side are not used. */
const isBlindPair = (a: number | undefined, b: number | undefined): boolean =>
  (a === 0 && b === BASE - 1) || (a === BASE - 1 && b === 0);

const hasBlindPair = (values: readonly number[]): boolean =>
  values.some((value, index) => isBlindPair(value, values[index + 1]));

/** A slip's code of nine random bytes: nine characters and a check character. */
export function slipCodeFrom(bytes: Uint8Array): string {
  if (bytes.length < LENGTH) throw new RangeError(`a slip code needs ${LENGTH} bytes`);
  const values: number[] = [];
  for (const byte of bytes.subarray(0, LENGTH)) {
    const value = byte % BASE;
    values.push(isBlindPair(values.at(-1), value) ? 1 + (byte >> 5) : value);
  }
  for (let last = 0; hasBlindPair([...values, checkOf(values)]); last++) values[LENGTH - 1] = last;
  return [...values, checkOf(values)].map((value) => ALPHABET[value]).join('');
}

/**
 * What a person typed as the code, or null where it cannot be one. Forgives case, spaces and hyphens, O for 0 and
 * I or L for 1; any one wrong character and any two neighbours that changed places are told.
 */
export function readSlipCode(typed: string): string | null {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const values = [...code].map((char) => ALPHABET.indexOf(char));
  if (values.length !== LENGTH + 1 || values.includes(-1)) return null;
  return luhnSum(values, 1) % BASE === 0 && !hasBlindPair(values) ? code : null;
}

/** In groups, as it stands on the slip: ABC DEF GHJK. */
export const showSlipCode = (code: string): string =>
  [code.slice(0, 3), code.slice(3, 6), code.slice(6)].filter(Boolean).join(' ');
