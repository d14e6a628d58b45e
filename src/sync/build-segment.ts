import type { IndexDefinition, IndexRegistry, KindIndexes } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import { DigestSum } from '../protocol/digest.ts';
import type { StoredRow } from './cache-port.ts';
import { contentOf } from './row-content.ts';
import { packIds } from './row-ids.ts';
import { keyHash } from './segment.ts';
import type { Column, MadeBy, NewSegment, Segment } from './segment.ts';
import type { SortValue } from './sorted-list.ts';

/** A live row as it comes; its text is read once, and let go of. */
export interface ComingRow {
  id: string;
  ver: number;
  /** `contentHash` of its text. */
  content: number;
  text: string;
}

const FEW = 64;

/** Keys are numbered until there are too many of them. */
class KeysUnderWay {
  private readonly numbers = new Map<string, number>();
  private readonly codes: Uint8Array<ArrayBuffer>;
  private hashes: Float64Array<ArrayBuffer> | null = null;
  /** Of the row before: neighbours often stand in the same list. */
  private lastKey: string | null = null;
  private lastCode = 0;

  constructor(count: number) {
    this.codes = new Uint8Array(count);
  }

  add(row: number, key: string): void {
    if (this.hashes === null && key === this.lastKey) {
      this.codes[row] = this.lastCode;
      return;
    }
    const code = this.hashes === null ? (this.numbers.get(key) ?? this.numbers.size) : FEW;
    if (this.hashes === null && code === FEW) {
      const known = [...this.numbers.keys()].map(keyHash);
      this.hashes = Float64Array.from(this.codes, (one, n) => (n < row ? known[one]! : 0));
    }
    if (this.hashes !== null) this.hashes[row] = keyHash(key);
    else {
      this.numbers.set(key, code);
      this.codes[row] = code;
      this.lastKey = key;
      this.lastCode = code;
    }
  }

  get made(): Column['keys'] {
    return this.hashes === null ? { keys: [...this.numbers.keys()], codes: this.codes } : { hashes: this.hashes };
  }
}

/** Values to sort by: numbers, or texts, which may be the ids. */
class SortsUnderWay {
  private readonly numbers: Float64Array<ArrayBuffer>;
  private readonly texts: string[] = [];
  private areNumbers = true;
  private areIds = true;

  constructor(count: number) {
    this.numbers = new Float64Array(count);
  }

  add(row: number, value: SortValue, id: string): void {
    if (value !== id) this.areIds = false;
    if (this.areNumbers && typeof value === 'number') {
      this.numbers[row] = value;
      return;
    }
    if (this.areNumbers) for (let n = 0; n < row; n++) this.texts.push(String(this.numbers[n]));
    this.areNumbers = false;
    this.texts.push(String(value));
  }

  get made(): Segment['sorts'][number] {
    if (this.areNumbers) return this.numbers;
    return this.areIds ? null : this.texts;
  }
}

const isSame = (a: Segment['sorts'][number], b: Segment['sorts'][number]): boolean => {
  if (a === null || b === null) return a === b;
  return Array.isArray(a) === Array.isArray(b) && a.every((value, n) => value === b[n]);
};

/** The columns of one kind's indexes while rows come. */
class ColumnsUnderWay {
  private readonly sorts = new Map<IndexDefinition['sort'], SortsUnderWay>();
  private readonly keys: { name: string; definition: IndexDefinition; values: KeysUnderWay }[];

  constructor(indexes: KindIndexes, count: number) {
    this.keys = Object.entries(indexes).map(([name, definition]) => {
      if (!this.sorts.has(definition.sort)) this.sorts.set(definition.sort, new SortsUnderWay(count));
      return { name, definition, values: new KeysUnderWay(count) };
    });
  }

  add(row: number, id: string, data: never): void {
    for (const { definition, values } of this.keys) values.add(row, definition.key(data, id));
    for (const [sort, values] of this.sorts) values.add(row, sort(data, id), id);
  }

  get made(): Pick<Segment, 'sorts' | 'columns'> {
    const sorts: Segment['sorts'] = [];
    const numberOf = new Map<IndexDefinition['sort'], number>();
    for (const [sort, { made }] of this.sorts) {
      const known = sorts.findIndex((one) => isSame(one, made));
      numberOf.set(sort, known < 0 ? sorts.push(made) - 1 : known);
    }
    const columnOf = ({ definition, values }: (typeof this.keys)[number]): Column => ({
      sort: numberOf.get(definition.sort)!,
      keys: values.made,
    });
    return { sorts, columns: Object.fromEntries(this.keys.map((one) => [one.name, columnOf(one)])) };
  }
}

/** The columns of so many live rows of one kind, one after the other: what was read of one is let go of before the next. */
export function buildSegment(
  kind: string,
  count: number,
  rows: Iterable<ComingRow>,
  { build, indexes }: MadeBy,
): NewSegment {
  const sum = new DigestSum();
  const ids: string[] = [];
  const vers = new Float64Array(count);
  const contents = new Float64Array(count);
  const columns = new ColumnsUnderWay((indexes as Partial<IndexRegistry>)[kind as Kind] ?? {}, count);
  for (const { id, ver, content, text } of rows) {
    const row = ids.push(id) - 1;
    vers[row] = ver;
    contents[row] = content;
    sum.add({ kind, id, ver, content });
    // Rows come from the server, which validated them when they were written.
    columns.add(row, id, JSON.parse(text) as never);
  }
  if (ids.length !== count) throw new Error('not all rows of a segment');
  return { kind, build, ids: packIds(ids), vers, contents, digest: sum.digest, ...columns.made };
}

/** The columns of live rows of one kind, at most as many as fit; `texts` are what they say. */
export const makeSegment = (rows: readonly StoredRow[], texts: readonly string[], made: MadeBy): NewSegment =>
  buildSegment(
    rows[0]!.k,
    rows.length,
    rows.map((row, n) => ({ id: row.id, ver: row.ver, content: contentOf(row), text: texts[n]! })),
    made,
  );
