/** The one source of chance in a run: the same seed gives the same run. */
export interface Prng {
  /** 0 ≤ n < 1 */
  next(): number;
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T | undefined;
  hex(digits: number): string;
}

/** sfc32, begun from the seed and shaken. */
export function createPrng(seed: number): Prng {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88;
  let c = 0xb7e15162 ^ Math.imul(seed, 0x85ebca6b);
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return ((t + c) >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (from) => (from.length === 0 ? undefined : from[int(from.length)]),
    hex: (digits) => Array.from({ length: digits }, () => int(16).toString(16)).join(''),
  };
}
