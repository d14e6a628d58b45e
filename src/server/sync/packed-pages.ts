import type { Position } from './pull-cursor.ts';

/** Lines of one kind, or of tombstones where it is null, deflated in pieces. */
export interface PackedPart {
  kind: string | null;
  count: number;
  pieces: readonly Uint8Array[];
}

/** All rows behind a position up to another one. */
export interface PackedRows {
  last: Position;
  count: number;
  parts: readonly PackedPart[];
}

/** Two hundred thousand records. */
const MOST_BYTES = 32 * 1024 * 1024;
const KEPT_MS = 60 * 60_000;

interface Kept {
  rows: PackedRows;
  bytes: number;
  until: number;
}

const sizeOf = ({ parts }: PackedRows): number =>
  parts.reduce((sum, { pieces }) => pieces.reduce((more, { length }) => more + length, sum), 0);

/**
 * Pages as they were packed for one phone, for the next ones: a team opens its new grid on the same morning. A version is
 * given out once, and a row that changes gets a later one: what lies between two places only ever becomes less, and as long
 * as it is as many it is the same.
 */
export class PackedPages {
  readonly #now: () => number;
  readonly #mostBytes: number;
  /** Whoever was asked for last stands last. */
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<PackedRows>>();
  #bytes = 0;

  constructor(now: () => number, mostBytes = MOST_BYTES) {
    this.#now = now;
    this.#mostBytes = mostBytes;
  }

  /** What was packed from there on, as far as it then went. */
  find(from: string): PackedRows | undefined {
    const kept = this.#kept.get(from);
    if (kept === undefined) return undefined;
    this.#drop(from, kept);
    if (kept.until <= this.#now()) return undefined;
    this.#put(from, kept);
    return kept.rows;
  }

  /** Packs rows that are on the disk; two that have read the same pack it once. */
  async pack(from: string, { last, count }: Omit<PackedRows, 'parts'>, parts: () => Promise<PackedPart[]>) {
    const name = JSON.stringify([from, last, count]);
    const packing = this.#underWay.get(name) ?? parts().then((packed): PackedRows => ({ last, count, parts: packed }));
    this.#underWay.set(name, packing);
    try {
      const rows = await packing;
      this.#keep(from, rows);
      return rows;
    } finally {
      this.#underWay.delete(name);
    }
  }

  #keep(from: string, rows: PackedRows): void {
    const before = this.#kept.get(from);
    if (before?.rows === rows) return;
    if (before !== undefined) this.#drop(from, before);
    this.#put(from, { rows, bytes: sizeOf(rows), until: this.#now() + KEPT_MS });
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#drop(oldest, kept);
    }
  }

  #put(from: string, kept: Kept): void {
    this.#kept.set(from, kept);
    this.#bytes += kept.bytes;
  }

  #drop(from: string, kept: Kept): void {
    this.#kept.delete(from);
    this.#bytes -= kept.bytes;
  }
}
