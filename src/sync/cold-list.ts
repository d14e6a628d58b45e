import { keyHash } from './segment.ts';
import type { Segment } from './segment.ts';
import { compareEntries } from './sorted-list.ts';
import type { Entry } from './sorted-list.ts';

/** What a list needs of the rows that it lists. */
export interface ListedRows {
  readonly segments: readonly Segment[];
  /** A 1 for each row of a segment that is not live any more; null where all are. */
  goneIn(segment: number): Uint8Array | null;
  positionOf(segment: number, row: number): number;
  entry(position: number, index: string): Entry;
  compare(position: number, other: number, index: string): number;
}

/** Positions as they came, and whether the numbers by which they are sorted rise. */
interface Collected {
  positions: number[];
  last: number;
  isInOrder: boolean;
}

/** Positions in the order of an index: those of one key, or all. */
export class ColdList {
  private order: Uint32Array = new Uint32Array(0);
  /** So many segments are in it. */
  private taken = 0;
  private gone = 0;
  private readonly rows: ListedRows;
  private readonly index: string;
  private readonly key: string | undefined;

  constructor(rows: ListedRows, index: string, key: string | undefined) {
    this.rows = rows;
    this.index = index;
    this.key = key;
  }

  /** Those that were taken away are passed over: they keep their places in it. */
  get length(): number {
    return this.order.length;
  }

  get count(): number {
    return this.order.length - this.gone;
  }

  at(n: number): number {
    return this.order[n]!;
  }

  entryAt(n: number): Entry {
    return this.rows.entry(this.order[n]!, this.index);
  }

  /** Index of the first that is not before this one. */
  lowerBound(entry: Entry): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareEntries(this.entryAt(middle), entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A row of these segments is not live any more. */
  takeAway(segment: number, row: number): void {
    if (segment < this.taken && this.has(segment, row)) this.gone += 1;
  }

  has(segment: number, row: number): boolean {
    const { values, own } = this.wanted(this.rows.segments[segment]!);
    return values === null || values[row] === own;
  }

  /** Takes in the segments that came since. */
  catchUp(): void {
    const more: Collected = { positions: [], last: Number.NEGATIVE_INFINITY, isInOrder: true };
    for (; this.taken < this.rows.segments.length; this.taken++) this.collect(this.taken, more);
    if (more.positions.length === 0) return;
    // Mostly they came in that order.
    if (!more.isInOrder) more.positions.sort((a, b) => this.compare(a, b));
    this.merge(more.positions);
  }

  /** In one loop over columns: a first list waits for a hundred thousand turns of it. */
  private collect(n: number, found: Collected): void {
    const segment = this.rows.segments[n]!;
    const { values, own } = this.wanted(segment);
    const gone = this.rows.goneIn(n);
    const first = this.rows.positionOf(n, 0);
    const sorts = this.sortsOf(segment);
    const numbers = sorts instanceof Float64Array ? sorts : null;
    const count = segment.vers.length;
    const { positions } = found;
    let { last, isInOrder } = found;
    if (numbers === null) isInOrder = false;
    for (let row = 0; row < count; row++) {
      if ((values !== null && values[row] !== own) || gone?.[row] === 1) continue;
      positions.push(first + row);
      if (!isInOrder) continue;
      const value = numbers![row]!;
      isInOrder = value > last;
      last = value;
    }
    found.last = last;
    found.isInOrder = isInOrder;
  }

  private sortsOf({ columns, sorts }: Segment): Segment['sorts'][number] {
    const column = columns[this.index];
    if (column === undefined) throw new Error(`no index ${this.index}`);
    return sorts[column.sort] ?? null;
  }

  /** A row is in this list where its value is the list's own; of the list of all there are no values. */
  private wanted(segment: Segment): { values: Float64Array | Uint8Array | null; own: number } {
    if (this.key === undefined) return { values: null, own: 0 };
    const keys = segment.columns[this.index]?.keys;
    if (keys === undefined) throw new Error(`no index ${this.index}`);
    if ('hashes' in keys) return { values: keys.hashes, own: keyHash(this.key) };
    return { values: keys.codes, own: keys.keys.indexOf(this.key) };
  }

  private compare(a: number, b: number): number {
    return this.rows.compare(a, b, this.index);
  }

  private merge(more: readonly number[]): void {
    const before = this.order;
    if (before.length === 0) {
      this.order = new Uint32Array(more);
      return;
    }
    const merged = new Uint32Array(before.length + more.length);
    const last = before.length - 1;
    if (this.compare(before[last]!, more[0]!) < 0) {
      merged.set(before);
      merged.set(more, before.length);
    } else {
      for (let l = 0, r = 0; l + r < merged.length;) {
        const isLeft = r === more.length || (l < before.length && this.compare(before[l]!, more[r]!) <= 0);
        merged[l + r] = isLeft ? before[l++]! : more[r++]!;
      }
    }
    this.order = merged;
  }
}
