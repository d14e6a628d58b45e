import { keyHash } from './segment.ts';
import type { Segment } from './segment.ts';
import { compareEntries } from './sorted-list.ts';
import type { Entry } from './sorted-list.ts';

/** What a list needs of the rows that it lists. */
export interface ListedRows {
  readonly segments: readonly Segment[];
  isLive(position: number): boolean;
  positionOf(segment: number, row: number): number;
  entry(position: number, index: string): Entry;
  compare(position: number, other: number, index: string): number;
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
    return this.holds(this.rows.segments[segment]!)(row);
  }

  /** Takes in the segments that came since. */
  catchUp(): void {
    const more: number[] = [];
    for (; this.taken < this.rows.segments.length; this.taken++) this.collect(this.taken, more);
    // Mostly they came in that order, and then sorting is looking once.
    if (more.length > 0) this.merge(more.sort((a, b) => this.compare(a, b)));
  }

  private collect(n: number, found: number[]): void {
    const segment = this.rows.segments[n]!;
    const holds = this.holds(segment);
    for (let row = 0; row < segment.vers.length; row++) {
      if (!holds(row)) continue;
      const position = this.rows.positionOf(n, row);
      if (this.rows.isLive(position)) found.push(position);
    }
  }

  private holds(segment: Segment): (row: number) => boolean {
    if (this.key === undefined) return () => true;
    const keys = segment.columns[this.index]?.keys;
    if (keys === undefined) throw new Error(`no index ${this.index}`);
    if ('hashes' in keys) {
      const hash = keyHash(this.key);
      return (row) => keys.hashes[row] === hash;
    }
    const code = keys.keys.indexOf(this.key);
    return (row) => keys.codes[row] === code;
  }

  private compare(a: number, b: number): number {
    return this.rows.compare(a, b, this.index);
  }

  private merge(more: readonly number[]): void {
    const before = this.order;
    const merged = new Uint32Array(before.length + more.length);
    const last = before.length - 1;
    if (last < 0 || this.compare(before[last]!, more[0]!) < 0) {
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
