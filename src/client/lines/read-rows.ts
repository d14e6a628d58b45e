import type { StoredRow } from '../../sync/cache-port.ts';
import { LineRow, LineTexts } from './line-row.ts';
import type { LinePlace } from './line-row.ts';

const TAB = 9;
const NEWLINE = 10;
const ZERO = 48;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const isSame = (text: Uint8Array, other: Uint8Array): boolean => {
  if (text.length !== other.length) return false;
  for (let i = 0; i < text.length; i++) if (text[i] !== other[i]) return false;
  return true;
};

/** The number between two places; null where something else stands there. */
function readVer(bytes: Uint8Array, from: number, to: number): number | null {
  if (from === to) return null;
  let ver = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return null;
    ver = ver * 10 + digit;
  }
  return Number.isSafeInteger(ver) ? ver : null;
}

/** Where the parts of one line are. */
export interface Parts extends LinePlace {
  id: number;
  ver: number;
}

export function partsAt(bytes: Uint8Array, from: number): Parts | null {
  const to = bytes.indexOf(NEWLINE, from);
  const id = bytes.indexOf(TAB, from) + 1;
  const ver = bytes.indexOf(TAB, id) + 1;
  const textFrom = bytes.indexOf(TAB, ver) + 1;
  if (id <= from + 1 || ver <= id + 1 || textFrom <= ver + 1 || textFrom > to) return null;
  return { from, id, ver, textFrom, to };
}

/** The nth row of these lines, without reading those before it; undefined where there is none. */
export function readRowAt(bytes: Uint8Array, n: number): StoredRow | undefined {
  let from = 0;
  for (let passed = 0; passed < n; passed++) {
    const end = bytes.indexOf(NEWLINE, from);
    if (end < 0) return undefined;
    from = end + 1;
  }
  return readRows(bytes, from, 1)?.rows[0];
}

/** What kind a line says; lines of one mostly stand together, and it is made text once for them. */
export function kindReader(bytes: Uint8Array): (part: Parts) => string {
  let last: { bytes: Uint8Array; text: string } = { bytes: new Uint8Array(), text: '' };
  return ({ from, id }) => {
    const kind = bytes.subarray(from, id - 1);
    if (!isSame(kind, last.bytes)) last = { bytes: kind, text: decoder.decode(kind) };
    return last.text;
  };
}

/** All ids at once: one text is made of all of them, and taken apart. */
function idsOf(bytes: Uint8Array, parts: readonly Parts[]): string[] {
  if (parts.length === 0) return [];
  const joined = new Uint8Array(parts.reduce((sum, { id, ver }) => sum + ver - id, 0));
  let at = 0;
  for (const { id, ver } of parts) {
    joined.set(bytes.subarray(id, ver - 1), at);
    at += ver - id;
    joined[at - 1] = NEWLINE;
  }
  return decoder.decode(joined.subarray(0, -1)).split('\n');
}

/**
 * So many rows from a place of these bytes on, and where the line after them begins; null where a line is missing, cut or
 * no row. Each line has an end: one that was cut has none. `contents` are their hashes where they are known; who needs most
 * of the texts has them made together.
 */
export function readRows(
  bytes: Uint8Array,
  from: number,
  count: number,
  contents?: Float64Array,
  isTogether = false,
): { rows: StoredRow[]; end: number } | null {
  const parts: Parts[] = [];
  let end = from;
  for (let n = 0; n < count; n++) {
    const part = partsAt(bytes, end);
    if (part === null) return null;
    parts.push(part);
    end = part.to + 1;
  }
  const ids = idsOf(bytes, parts);
  const rows: StoredRow[] = [];
  const texts = isTogether ? new LineTexts(bytes.subarray(from, end)) : null;
  const kindAt = kindReader(bytes);
  for (const [n, part] of parts.entries()) {
    const ver = readVer(bytes, part.ver, part.textFrom - 1);
    if (ver === null) return null;
    const key = { k: kindAt(part), id: ids[n]!, ver };
    const together = texts === null ? undefined : { texts, n };
    rows.push(part.textFrom === part.to ? key : new LineRow(key, bytes, part, contents?.[n], together));
  }
  return { rows, end };
}
