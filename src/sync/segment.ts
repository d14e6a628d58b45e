import type { IndexDefinition, IndexRegistry, KindIndexes } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import { contentHash, DigestSum } from '../protocol/digest.ts';
import type { Digest } from '../protocol/digest.ts';
import { isLive } from '../protocol/sync-lines.ts';
import type { StoredRow } from './ports.ts';
import { contentOf } from './row-content.ts';
import { packIds } from './row-ids.ts';
import type { RowIds } from './row-ids.ts';
import type { SortValue } from './sorted-list.ts';

/**
 * Many live rows of one kind without what they say: what tells them apart and which lists they stand in, in columns.
 * Plain data: it lies in the store as it is. What a row says is read from there when it is shown.
 */
export interface Segment {
  /** Its number in the store. */
  n: number;
  kind: string;
  /** The build by whose indexes the columns were made. */
  build: string;
  ids: RowIds;
  vers: Float64Array<ArrayBuffer>;
  /** `contentHash` of each. */
  contents: Float64Array<ArrayBuffer>;
  /** What its rows add to the digest of their space. */
  digest: Digest;
  /** Values to sort by, which indexes share; null where the id is what is sorted by. */
  sorts: (Float64Array<ArrayBuffer> | string[] | null)[];
  columns: Record<string, Column>;
}

/** One that has no number yet. */
export type NewSegment = Omit<Segment, 'n'>;

/** The build, and the lists by which it makes columns. */
export interface MadeBy {
  build: string;
  indexes: IndexRegistry;
}

/** In which list of one index each row stands. */
export interface Column {
  /** Which of the segment's `sorts` orders it. */
  sort: number;
  keys: FewKeys | ManyKeys;
}

/** A row has the key whose number it says. */
interface FewKeys {
  keys: string[];
  codes: Uint8Array<ArrayBuffer>;
}

/** Too many keys to name them: a row has the hash of its own. */
interface ManyKeys {
  hashes: Float64Array<ArrayBuffer>;
}

/** A space with so many rows is held whole: every page of the application finds what it asks for at once. */
export const HELD_WHOLE = 8000;
const MAX_ROWS = 0xffff;
const FEW = 64;

export const keyHash = contentHash;

interface Read {
  id: string;
  data: never;
}

function keysOf(rows: readonly Read[], { key }: IndexDefinition): Column['keys'] {
  const numbers = new Map<string, number>();
  const codes = new Uint8Array(rows.length);
  for (const [n, { id, data }] of rows.entries()) {
    const text = key(data, id);
    const code = numbers.get(text) ?? numbers.size;
    if (code >= FEW) return { hashes: Float64Array.from(rows, (row) => keyHash(key(row.data, row.id))) };
    numbers.set(text, code);
    codes[n] = code;
  }
  return { keys: [...numbers.keys()], codes };
}

function sortsOf(rows: readonly Read[], { sort }: IndexDefinition): Segment['sorts'][number] {
  const values = rows.map(({ id, data }): SortValue => sort(data, id));
  if (values.every((value) => typeof value === 'number')) return Float64Array.from(values);
  if (values.every((value, n) => value === rows[n]!.id)) return null;
  return values.map(String);
}

const isSame = (a: Segment['sorts'][number], b: Segment['sorts'][number]): boolean => {
  if (a === null || b === null) return a === b;
  return Array.isArray(a) === Array.isArray(b) && a.every((value, n) => value === b[n]);
};

function columnsOf(rows: readonly Read[], indexes: KindIndexes): Pick<Segment, 'sorts' | 'columns'> {
  const sorts: Segment['sorts'] = [];
  const columns: Segment['columns'] = {};
  const numberOf = new Map<IndexDefinition['sort'], number>();
  for (const [name, definition] of Object.entries(indexes)) {
    let sort = numberOf.get(definition.sort);
    if (sort === undefined) {
      const values = sortsOf(rows, definition);
      sort = sorts.findIndex((known) => isSame(known, values));
      if (sort < 0) sort = sorts.push(values) - 1;
      numberOf.set(definition.sort, sort);
    }
    columns[name] = { sort, keys: keysOf(rows, definition) };
  }
  return { sorts, columns };
}

/** The columns of live rows of one kind, at most `MAX_ROWS`; `texts` are what they say. */
export function makeSegment(rows: readonly StoredRow[], texts: readonly string[], made: MadeBy): NewSegment {
  const kind = rows[0]!.k;
  const sum = new DigestSum();
  for (const row of rows) sum.add({ kind, id: row.id, ver: row.ver, content: contentOf(row) });
  // Rows come from the server, which validated them when they were written.
  const read = rows.map(({ id }, at): Read => ({ id, data: JSON.parse(texts[at]!) as never }));
  return {
    kind,
    build: made.build,
    ids: packIds(rows.map(({ id }) => id)),
    vers: Float64Array.from(rows, ({ ver }) => ver),
    contents: Float64Array.from(rows, contentOf),
    digest: sum.digest,
    ...columnsOf(read, (made.indexes as Partial<IndexRegistry>)[kind as Kind] ?? {}),
  };
}

/** Kinds of which a space may have a great many, and nothing that counts them by hand. */
export const COLD_KINDS: readonly Kind[] = ['ticket', 'visit', 'household', 'slip', 'card', 'claimView'];
const FEWEST_ROWS = 125;

/** Rows of a page, those of a segment each and the others; all keep their order. Fewer of a kind are no segment. */
export function splitRows(
  rows: readonly StoredRow[],
  fewest = FEWEST_ROWS,
): { segments: StoredRow[][]; others: StoredRow[] } {
  const byKind = new Map<string, StoredRow[]>();
  for (const row of rows) {
    if (!isLive(row) || !COLD_KINDS.includes(row.k as Kind)) continue;
    const kind = byKind.get(row.k);
    if (kind === undefined) byKind.set(row.k, [row]);
    else kind.push(row);
  }
  const segments = [...byKind.values()].filter(({ length }) => length >= fewest && length <= MAX_ROWS);
  const taken = new Set(segments.map((kind) => kind[0]!.k));
  return { segments, others: rows.filter((row) => !isLive(row) || !taken.has(row.k)) };
}
