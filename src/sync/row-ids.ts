/** The ids of many rows: sixteen bytes each where all are UUIDs in small letters, a line each where one is not. */
export type RowIds = Uint8Array<ArrayBuffer> | string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const UUID_BYTES = 16;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Where the digits of each byte begin in the text. */
const AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const HYPHENS = [8, 13, 18, 23];
const HYPHEN = 45;
/** What each character is as a digit, -1 where it is none. */
const DIGITS = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)));
const digitAt = (id: string, at: number): number => DIGITS[id.charCodeAt(at)] ?? -1;
/** Less than 0 where there are no two digits. */
const byteAt = (id: string, n: number): number => (digitAt(id, AT[n]!) << 4) | digitAt(id, AT[n]! + 1);

/** Puts a UUID where it belongs; false where it is none. In one turn over it: a pattern beside it takes four times as long. */
function putUuid(bytes: Uint8Array, from: number, id: string): boolean {
  if (id.length !== 36) return false;
  for (let n = 0; n < HYPHENS.length; n++) if (id.charCodeAt(HYPHENS[n]!) !== HYPHEN) return false;
  for (let n = 0; n < UUID_BYTES; n++) {
    const byte = byteAt(id, n);
    if (byte < 0) return false;
    bytes[from + n] = byte;
  }
  return true;
}

export function packIds(ids: readonly string[]): RowIds {
  const bytes = new Uint8Array(ids.length * UUID_BYTES);
  for (let row = 0; row < ids.length; row++) {
    if (!putUuid(bytes, row * UUID_BYTES, ids[row]!)) return ids.join('\n');
  }
  return bytes;
}

export function uuidAt(bytes: Uint8Array, from: number): string {
  let id = '';
  for (let n = 0; n < UUID_BYTES; n++) {
    id += HEX[bytes[from + n]!]!;
    if (n === 3 || n === 5 || n === 7 || n === 9) id += '-';
  }
  return id;
}

/** All of them, in order. */
export function unpackIds(ids: RowIds): string[] {
  if (typeof ids === 'string') return ids.split('\n');
  return Array.from({ length: ids.length / UUID_BYTES }, (_, row) => uuidAt(ids, row * UUID_BYTES));
}

export const idOfRow = (ids: RowIds, lines: () => readonly string[], row: number): string =>
  typeof ids === 'string' ? lines()[row]! : uuidAt(ids, row * UUID_BYTES);

/** A UUID hashes to the same from its text and from its bytes. */
export function hashOfId(id: string): number {
  let hash = 0x811c9dc5;
  if (UUID.test(id)) {
    for (let n = 0; n < UUID_BYTES; n++) hash = Math.imul(hash ^ byteAt(id, n), 0x01000193);
  } else {
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return finish(hash);
}

/** The hash of each, in order. */
export function hashesOf(ids: RowIds): Uint32Array {
  if (typeof ids === 'string') return Uint32Array.from(ids.split('\n'), hashOfId);
  const hashes = new Uint32Array(ids.length / UUID_BYTES);
  for (let row = 0; row < hashes.length; row++) {
    let hash = 0x811c9dc5;
    for (let n = row * UUID_BYTES; n < (row + 1) * UUID_BYTES; n++) hash = Math.imul(hash ^ ids[n]!, 0x01000193);
    hashes[row] = finish(hash);
  }
  return hashes;
}

const finish = (hash: number): number => (hash ^ (hash >>> 15)) >>> 0;
