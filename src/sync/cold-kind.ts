import type { DigestRow } from '../protocol/digest.ts';
import type { ViewRecord } from './engine-api.ts';
import { ColdList } from './cold-list.ts';
import type { ListedRows } from './cold-list.ts';
import { IdSearch } from './id-search.ts';
import { IdTable } from './id-table.ts';
import { hashesOf, hashOfId, idOfRow, unpackIds } from './row-ids.ts';
import type { NewSegment, Segment } from './segment.ts';
import { compareEntries } from './sorted-list.ts';
import type { Entry, SortValue } from './sorted-list.ts';

/** A row's segment, by its place among them, and its number there. */
type Position = number;
const ROWS = 0x10000;
const segmentOf = (position: Position): number => Math.floor(position / ROWS);
const rowOf = (position: Position): number => position % ROWS;

/** So often ids are looked for among all rows; who asks more often has them in a table. */
const SEARCHES = 16;

/** What a row says, and the ticks at which somebody last asked for it. */
interface Body {
  record: ViewRecord;
  askedAt: number;
}

/**
 * Records of one kind in one space of which memory holds the columns alone. What they say comes from the store when it
 * is asked for, and is let go of when nobody has asked for a while.
 */
export class ColdKind implements ListedRows {
  readonly kind: string;
  readonly segments: Segment[] = [];
  /** Asked for and not read yet. */
  readonly wanted = new Set<Position>();
  readonly bodies = new Map<Position, Body>();
  /** How many are live. */
  size = 0;
  /** A 1 for each row of a segment that is not live any more. */
  private readonly gone: (Uint8Array | null)[] = [];
  /** Of a segment whose ids are lines: the lines, once they were asked for. */
  private readonly lines: (string[] | null)[] = [];
  private readonly hashes: Uint32Array[] = [];
  private readonly lists = new Map<string, ColdList>();
  private readonly table = new IdTable((position) => this.hashAt(position));
  /** So many segments are in the table. */
  private tabled = 0;
  private searches = 0;

  constructor(kind: string) {
    this.kind = kind;
  }

  /** Rows of which none is here. */
  add(segment: Segment): void {
    this.segments.push(segment);
    this.gone.push(null);
    this.lines.push(null);
    this.size += segment.vers.length;
  }

  /** Rows some of which may be here: of two of one id the later version stays. */
  addOver(segment: Segment): void {
    const older: number[] = [];
    for (const [row, here] of this.findAll(segment)) {
      if (segment.vers[row]! > this.ver(here)) this.takeAway(here);
      else older.push(row);
    }
    this.add(segment);
    for (const row of older) this.takeAway(this.positionOf(this.segments.length - 1, row));
  }

  find(id: string): Position | undefined {
    if (this.maySearch(1)) return this.search([id]).get(id);
    this.fillTable();
    return this.findInTable(id);
  }

  /** Several at once; those that are not here are left out. */
  findEach(ids: readonly string[]): Map<string, Position> {
    if (this.maySearch(ids.length)) return this.search(ids);
    this.fillTable();
    const found = new Map<string, Position>();
    for (const id of ids) {
      const here = this.findInTable(id);
      if (here !== undefined) found.set(id, here);
    }
    return found;
  }

  /** Filling the table takes as long as many turns over the ids, and most starts need none of it. */
  private maySearch(count: number): boolean {
    const rows = this.segments.reduce((sum, { vers }) => sum + vers.length, 0);
    return this.tabled === 0 && this.searches < SEARCHES && count < rows / 4;
  }

  private search(ids: readonly string[]): Map<string, Position> {
    this.searches += 1;
    const search = new IdSearch(ids);
    const found = new Map<string, Position>();
    for (const [n, segment] of this.segments.entries()) {
      for (const [id, row] of search.in(segment.ids)) {
        const position = this.positionOf(n, row);
        if (!found.has(id) && this.isLive(position)) found.set(id, position);
      }
    }
    return found;
  }

  private findInTable(id: string): Position | undefined {
    return this.table.find(hashOfId(id), (position) => this.isLive(position) && this.id(position) === id);
  }

  /** Rows of a segment that are here: their numbers there, and where. An id is made text where its hash is here. */
  findAll({ ids, vers }: Pick<NewSegment, 'ids' | 'vers'>): [row: number, here: Position][] {
    this.fillTable();
    const found: [number, Position][] = [];
    const hashes = hashesOf(ids);
    const lines = typeof ids === 'string' ? unpackIds(ids) : [];
    for (let row = 0; row < vers.length; row++) {
      const hash = hashes[row]!;
      const here = this.table.find(
        hash,
        (position) =>
          this.hashAt(position) === hash &&
          this.isLive(position) &&
          this.id(position) === idOfRow(ids, () => lines, row),
      );
      if (here !== undefined) found.push([row, here]);
    }
    return found;
  }

  private hashAt(position: Position): number {
    return this.hashes[segmentOf(position)]![rowOf(position)]!;
  }

  private fillTable(): void {
    if (this.tabled < this.segments.length)
      this.table.reserve(this.segments.reduce((sum, { vers }) => sum + vers.length, 0));
    for (; this.tabled < this.segments.length; this.tabled++) {
      const hashes = hashesOf(this.segments[this.tabled]!.ids);
      this.hashes.push(hashes);
      this.table.add(this.positionOf(this.tabled, 0), hashes);
    }
  }

  positionOf(segment: number, row: number): Position {
    return segment * ROWS + row;
  }

  goneIn(segment: number): Uint8Array | null {
    return this.gone[segment] ?? null;
  }

  isLive(position: Position): boolean {
    return this.gone[segmentOf(position)]?.[rowOf(position)] !== 1;
  }

  takeAway(position: Position): void {
    const n = segmentOf(position);
    const gone = this.gone[n] ?? new Uint8Array(this.segments[n]!.vers.length);
    gone[rowOf(position)] = 1;
    this.gone[n] = gone;
    this.size -= 1;
    this.bodies.delete(position);
    this.wanted.delete(position);
    for (const list of this.lists.values()) list.takeAway(n, rowOf(position));
  }

  id(position: Position): string {
    const n = segmentOf(position);
    return idOfRow(this.segments[n]!.ids, () => this.linesOf(n), rowOf(position));
  }

  ver(position: Position): number {
    return this.segments[segmentOf(position)]!.vers[rowOf(position)]!;
  }

  content(position: Position): number {
    return this.segments[segmentOf(position)]!.contents[rowOf(position)]!;
  }

  /** Where the store has it. */
  placeOf(position: Position): { n: number; row: number } {
    return { n: this.segments[segmentOf(position)]!.n, row: rowOf(position) };
  }

  /** The live ones in one list of an index, or in all of them. */
  list(index: string, key: string | undefined): ColdList {
    const name = key === undefined ? index : `${index} ${key}`;
    const list = this.lists.get(name) ?? new ColdList(this, index, key);
    this.lists.set(name, list);
    list.catchUp();
    return list;
  }

  /** Whether a row stands in the list of this key. */
  isIn(position: Position, index: string, key: string): boolean {
    return this.list(index, key).has(segmentOf(position), rowOf(position));
  }

  entry(position: Position, index: string): Entry {
    const id = this.id(position);
    return { sort: this.sortAt(position, index) ?? id, id };
  }

  compare(position: Position, other: Position, index: string): number {
    const [a, b] = [this.sortAt(position, index), this.sortAt(other, index)];
    // Mostly the values tell two apart, and their ids are not needed.
    if (a !== null && b !== null && a !== b) return a < b ? -1 : 1;
    return compareEntries(this.entry(position, index), this.entry(other, index));
  }

  /** What the rows that are not live any more had added to the digest. */
  *goneRows(): Generator<DigestRow> {
    for (const [n, gone] of this.gone.entries()) {
      if (gone === null) continue;
      for (let row = gone.indexOf(1); row >= 0; row = gone.indexOf(1, row + 1)) {
        const position = this.positionOf(n, row);
        yield { kind: this.kind, id: this.id(position), ver: this.ver(position), content: this.content(position) };
      }
    }
  }

  /** Null where the id is what is sorted by. */
  private sortAt(position: Position, index: string): SortValue | null {
    const segment = this.segments[segmentOf(position)]!;
    const column = segment.columns[index];
    if (column === undefined) throw new Error(`no index ${index}`);
    return segment.sorts[column.sort]?.[rowOf(position)] ?? null;
  }

  private linesOf(n: number): string[] {
    const lines = this.lines[n] ?? unpackIds(this.segments[n]!.ids);
    this.lines[n] = lines;
    return lines;
  }
}
