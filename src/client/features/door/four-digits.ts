/** Random bytes; the browser's own outside tests. */
export type RandomBytes = (length: number) => Uint8Array;

export const browserRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

const PINS = 10_000;
/** Values at and above it would make some PINs likelier than others. */
const FAIR_LIMIT = Math.floor(0x10000 / PINS) * PINS;

/** A four-digit PIN for a slip whose resident leaves no telephone; all ten thousand are equally likely. */
export function randomPin(random: RandomBytes): string {
  for (;;) {
    const [high = 0, low = 0] = random(2);
    const value = high * 256 + low;
    if (value < FAIR_LIMIT) return String(value % PINS).padStart(4, '0');
  }
}
