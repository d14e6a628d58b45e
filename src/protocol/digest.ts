/**
 * The digest of a space: the sum modulo 2^64 of a 64-bit hash of (kind, id, ver, content) over its live rows,
 * as 16 hex digits. Both sides keep it by adding and taking away, and compare when a pull is done.
 */
export type Digest = string;

export const EMPTY_DIGEST: Digest = '0000000000000000';

/** Two 32-bit halves (cyrb53's mixing), so that no BigInt is multiplied. */
function mix(text: string): [low: number, high: number] {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return [h1 >>> 0, h2 >>> 0];
}

/**
 * 53 bits of what a row says. The text is `JSON.stringify(data)`, which reading and writing again leaves as it is:
 * the server's stored text and what a phone makes of the received value are the same.
 */
export function contentHash(text: string): number {
  const [low, high] = mix(text);
  return (high & 0x1fffff) * 2 ** 32 + low;
}

/** What one live row adds. */
export interface DigestRow {
  kind: string;
  id: string;
  ver: number;
  /** `contentHash` of its data. */
  content: number;
}

const hashOf = ({ kind, id, ver, content }: DigestRow): [low: number, high: number] =>
  mix(`${kind}\u0000${id}\u0000${ver}\u0000${content}`);

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
    const [low, high] = hashOf(row);
    const sum = this.low + low;
    this.low = sum >>> 0;
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  }

  subtract(row: DigestRow): void {
    const [low, high] = hashOf(row);
    this.high = (this.high - high - (this.low < low ? 1 : 0)) >>> 0;
    this.low = (this.low - low) >>> 0;
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
