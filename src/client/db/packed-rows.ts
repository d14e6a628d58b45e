import { PAGE_SIZE } from '../../protocol/sync-messages.ts';
import { isLive, textOf } from '../../protocol/sync-lines.ts';
import { contentOf } from '../../sync/base.ts';
import type { StoredRow } from '../../sync/ports.ts';
import type { StoredChunk } from './cache-database.ts';

/** From here on a chunk stays as it was written. */
export const LARGE_CHUNK = PAGE_SIZE / 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The lines of one chunk, decoded together when the first of them is asked for. */
class Lines {
  private readonly bytes: Uint8Array;
  private static last: { of: Lines; lines: string[] } | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Whoever reads one mostly reads its neighbours next: those of the last chunk are kept as text, of others not. */
  at(n: number): string {
    if (Lines.last?.of !== this) Lines.last = { of: this, lines: decoder.decode(this.bytes).split('\n') };
    return Lines.last.lines[n] ?? '';
  }
}

/** A live row of a chunk. */
class PackedRow implements StoredRow {
  readonly k: string;
  readonly id: string;
  readonly ver: number;
  readonly h: number;
  private readonly lines: Lines;
  private readonly n: number;

  constructor(key: { k: string; id: string; ver: number }, h: number, lines: Lines, n: number) {
    this.k = key.k;
    this.id = key.id;
    this.ver = key.ver;
    this.h = h;
    this.lines = lines;
    this.n = n;
  }

  get t(): string {
    return this.lines.at(this.n);
  }
}

export const packed = (rows: readonly StoredRow[]): Omit<StoredChunk, 'n' | 'space'> => ({
  small: rows.length < LARGE_CHUNK ? 1 : 0,
  rows: rows.length,
  keys: rows.map(({ k, id }) => `${k} ${id}`).join('\n'),
  vers: Float64Array.from(rows, (row) => (isLive(row) ? row.ver : -row.ver)),
  hashes: Float64Array.from(rows, (row) => (isLive(row) ? contentOf(row) : 0)),
  texts: encoder.encode(rows.map((row) => (isLive(row) ? textOf(row) : '')).join('\n')),
});

/** The rows of a chunk; a version that is negative is that of a row which was taken away. */
export function unpacked({ keys, vers, hashes, texts }: StoredChunk): StoredRow[] {
  const lines = new Lines(texts);
  return keys.split('\n').map((text, n): StoredRow => {
    const space = text.indexOf(' ');
    const ver = vers[n] ?? 0;
    const key = { k: text.slice(0, space), id: text.slice(space + 1), ver: Math.abs(ver) };
    return ver < 0 ? key : new PackedRow(key, hashes[n] ?? 0, lines, n);
  });
}
