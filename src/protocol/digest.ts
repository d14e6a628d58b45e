/**
 * The digest of a space: the sum modulo 2^64 of a 64-bit hash of (kind, id, ver) over its live rows,
 * as 16 hex digits. Both sides keep it by adding and taking away, and compare when a pull is done.
 */
export type Digest = string;

export const EMPTY_DIGEST: Digest = '0000000000000000';

const MASK = (1n << 64n) - 1n;

/** Two 32-bit halves (cyrb53's mixing), so that no BigInt is multiplied. */
function hash64(text: string): bigint {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
}

const rowHash = (kind: string, id: string, ver: number): bigint => hash64(`${kind}\u0000${id}\u0000${ver}`);

const toHex = (value: bigint): Digest => (value & MASK).toString(16).padStart(16, '0');

export const digestAdd = (digest: Digest, kind: string, id: string, ver: number): Digest =>
  toHex(BigInt(`0x${digest}`) + rowHash(kind, id, ver));

export const digestSubtract = (digest: Digest, kind: string, id: string, ver: number): Digest =>
  toHex(BigInt(`0x${digest}`) - rowHash(kind, id, ver) + (1n << 64n));
