/**
 * The digest of a space: the sum modulo 2^64 of a 64-bit hash of (kind, id, ver, content) over its live rows,
 * as 16 hex digits. Both sides keep it by adding and taking away, and compare when a pull is done.
 */
export type Digest = string;

export const EMPTY_DIGEST: Digest = '0000000000000000';

/** Small integers to the machine: what is larger than 2^31 would be a fraction to it, in each turn of the loops. */
const START_1 = 0xdeadbeef | 0;
const START_2 = 0x41c6ce57;
const PRIME_1 = 2654435761 | 0;
const PRIME_2 = 1597334677;

/** Two 32-bit halves (cyrb53's mixing), so that no BigInt is multiplied. */
function mix(text: string): [low: number, high: number] {
  let h1 = START_1;
  let h2 = START_2;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, PRIME_1);
    h2 = Math.imul(h2 ^ c, PRIME_2);
  }
  return finish(h1, h2);
}

/** The same of text that lies in UTF-8, without making it text. */
function mixUtf8(bytes: Uint8Array, from: number, to: number): [low: number, high: number] {
  let h1 = START_1;
  let h2 = START_2;
  for (let i = from; i < to;) {
    let c = bytes[i++]!;
    // Most are ASCII, and are not to be asked three times.
    if (c >= 0x80) {
      if (c >= 0xf0) {
        const point = ((c & 7) << 18) | ((bytes[i]! & 63) << 12) | ((bytes[i + 1]! & 63) << 6) | (bytes[i + 2]! & 63);
        i += 3;
        const high = 0xd800 + ((point - 0x10000) >> 10);
        h1 = Math.imul(h1 ^ high, PRIME_1);
        h2 = Math.imul(h2 ^ high, PRIME_2);
        c = 0xdc00 + ((point - 0x10000) & 0x3ff);
      } else if (c >= 0xe0) {
        c = ((c & 15) << 12) | ((bytes[i]! & 63) << 6) | (bytes[i + 1]! & 63);
        i += 2;
      } else c = ((c & 31) << 6) | (bytes[i++]! & 63);
    }
    h1 = Math.imul(h1 ^ c, PRIME_1);
    h2 = Math.imul(h2 ^ c, PRIME_2);
  }
  return finish(h1, h2);
}

function finish(h1: number, h2: number): [low: number, high: number] {
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return [h1 >>> 0, h2 >>> 0];
}

/**
 * 53 bits of what a row says. The text is `JSON.stringify(data)`, which reading and writing again leaves as it is:
 * the server's stored text and what a phone makes of the received value are the same.
 */
export const contentHash = (text: string): number => bits53(mix(text));

/** `contentHash` of the text that lies between two places of these bytes. */
export const contentHashOfUtf8 = (bytes: Uint8Array, from: number, to: number): number =>
  bits53(mixUtf8(bytes, from, to));

const bits53 = ([low, high]: [number, number]): number => (high & 0x1fffff) * 2 ** 32 + low;

/** What one live row adds. */
export interface DigestRow {
  kind: string;
  id: string;
  ver: number;
  /** `contentHash` of its data. */
  content: number;
}

/** Two halves under way: a hundred thousand rows make no text and no pair for it. */
const halves = new Int32Array(2);

function mixOn(text: string): void {
  let h1 = halves[0]!;
  let h2 = halves[1]!;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, PRIME_1);
    h2 = Math.imul(h2 ^ c, PRIME_2);
  }
  halves[0] = h1;
  halves[1] = h2;
}

/** `mix` of kind, id, ver and content with a zero between each, which are not put together for it. */
function hashOf({ kind, id, ver, content }: DigestRow): [low: number, high: number] {
  halves[0] = START_1;
  halves[1] = START_2;
  mixOn(kind);
  mixOn('\u0000');
  mixOn(id);
  mixOn('\u0000');
  mixOn(String(ver));
  mixOn('\u0000');
  mixOn(String(content));
  return finish(halves[0], halves[1]);
}

const toHex = (half: number): string => half.toString(16).padStart(8, '0');

/** A digest while rows are added and taken away, in two halves: a hundred thousand rows make no text in between. */
export class DigestSum {
  private low: number;
  private high: number;

  constructor(digest: Digest = EMPTY_DIGEST) {
    this.high = parseInt(digest.slice(0, 8), 16);
    this.low = parseInt(digest.slice(8), 16);
  }

  add(row: DigestRow): void {
    this.addHalves(hashOf(row));
  }

  /** What the rows of another digest add. */
  addDigest(digest: Digest): void {
    const { low, high } = new DigestSum(digest);
    this.addHalves([low, high]);
  }

  subtract(row: DigestRow): void {
    const [low, high] = hashOf(row);
    this.high = (this.high - high - (this.low < low ? 1 : 0)) >>> 0;
    this.low = (this.low - low) >>> 0;
  }

  private addHalves([low, high]: [low: number, high: number]): void {
    const sum = this.low + low;
    this.low = sum >>> 0;
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  }

  get digest(): Digest {
    return toHex(this.high) + toHex(this.low);
  }
}

export function digestAdd(digest: Digest, row: DigestRow): Digest {
  const sum = new DigestSum(digest);
  sum.add(row);
  return sum.digest;
}

export function digestSubtract(digest: Digest, row: DigestRow): Digest {
  const sum = new DigestSum(digest);
  sum.subtract(row);
  return sum.digest;
}
