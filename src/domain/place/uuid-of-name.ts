/**
 * UUIDv5 (RFC 9562) in one pass over one buffer: a mutation at a door derives several ids, on phones and on the server,
 * and must have them at once, which WebCrypto does not give.
 */
export function uuidOfName(name: string, namespace: Uint8Array): string {
  const length = paddedInput(name, namespace);
  const [h0, h1, h2, h3] = sha1(length);
  return formatted(h0, (h1 & 0xffff0fff) | 0x5000, (h2 & 0x3fffffff) | 0x80000000, h3);
}

const BLOCK = 64;
/** Behind the text: a bit, and the length in eight bytes. */
const TAIL = 9;
const UTF8_MOST = 3;

let input = new Uint8Array(4 * BLOCK);
const words = new Int32Array(80);

/** Fills the buffer; answers how many bytes of it there are to hash, in whole blocks. */
function paddedInput(name: string, namespace: Uint8Array): number {
  const most = namespace.length + name.length * UTF8_MOST + TAIL + BLOCK;
  if (input.length < most) input = new Uint8Array(most);
  input.set(namespace);
  const end = writeUtf8(name, namespace.length);
  const length = Math.ceil((end + TAIL) / BLOCK) * BLOCK;
  input.fill(0, end, length);
  input[end] = 0x80;
  const bits = end * 8;
  for (let n = 1; n <= 4; n++) input[length - n] = bits >>> (8 * (n - 1));
  return length;
}

/** Writes the text into the buffer; answers where it ends. */
function writeUtf8(text: string, from: number): number {
  let at = from;
  for (let n = 0; n < text.length; n++) {
    const point = text.codePointAt(n) ?? 0;
    if (point < 0x80) {
      input[at++] = point;
      continue;
    }
    const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    input[at++] = (0xff00 >> (more + 1)) | (point >> (6 * more));
    for (let k = more - 1; k >= 0; k--) input[at++] = 0x80 | ((point >> (6 * k)) & 0x3f);
    if (more === 3) n += 1;
  }
  return at;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function sha1(length: number): [number, number, number, number] {
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let from = 0; from < length; from += BLOCK) {
    expand(from);
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4];
    for (let n = 0; n < 80; n++) {
      const mixed =
        n < 20
          ? ((b & c) | (~b & d)) + 0x5a827999
          : n < 40
            ? (b ^ c ^ d) + 0x6ed9eba1
            : n < 60
              ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
              : (b ^ c ^ d) + 0xca62c1d6;
      const next = (rotate(a, 5) + mixed + e + words[n]!) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return [h0, h1, h2, h3];
}

function expand(from: number): void {
  for (let n = 0; n < 16; n++) {
    const at = from + 4 * n;
    words[n] = (input[at]! << 24) | (input[at + 1]! << 16) | (input[at + 2]! << 8) | input[at + 3]!;
  }
  for (let n = 16; n < 80; n++) {
    words[n] = rotate(words[n - 3]! ^ words[n - 8]! ^ words[n - 14]! ^ words[n - 16]!, 1);
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const upper = (word: number): string => HEX[word >>> 24]! + HEX[(word >>> 16) & 0xff]!;
const lower = (word: number): string => HEX[(word >>> 8) & 0xff]! + HEX[word & 0xff]!;

const formatted = (a: number, b: number, c: number, d: number): string =>
  `${upper(a)}${lower(a)}-${upper(b)}-${lower(b)}-${upper(c)}-${lower(c)}${upper(d)}${lower(d)}`;
