const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...SIGNS].map((sign, value) => [sign, value]));

/** Bytes as text; here and not in a browser's words, for the engine knows no browser. */
export function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const left = bytes.length - i;
    parts.push(
      SIGNS.charAt(bits >> 18),
      SIGNS.charAt((bits >> 12) & 63),
      left > 1 ? SIGNS.charAt((bits >> 6) & 63) : '=',
      left > 2 ? SIGNS.charAt(bits & 63) : '=',
    );
  }
  return parts.join('');
}

export function fromBase64(text: string): ArrayBuffer {
  const signs = text.replace(/=+$/, '');
  const buffer = new ArrayBuffer(Math.floor((signs.length * 3) / 4));
  const bytes = new Uint8Array(buffer);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const sign of signs) {
    bits = ((bits << 6) | (VALUES.get(sign) ?? 0)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 0xff;
  }
  return buffer;
}
