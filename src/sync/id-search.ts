import { unpackIds, uuidAt, UUID_BYTES } from './row-ids.ts';
import type { RowIds } from './row-ids.ts';

/** So many bits of an id's end are looked at first: the ends are random, and of many rows few share one. */
const BITS = 18;

/** The last bits of a UUID, from its bytes and from its text. */
const endOf = (bytes: Uint8Array, end: number): number =>
  ((bytes[end - 3]! & 3) << 16) | (bytes[end - 2]! << 8) | bytes[end - 1]!;
const endOfText = (id: string): number => parseInt(id.slice(-6), 16) & ((1 << BITS) - 1);

/** Finds a few ids among many rows in one turn over their bytes: a table of all of them takes much longer to fill. */
export class IdSearch {
  private readonly wanted: ReadonlySet<string>;
  /** A 1 for the end of each. */
  private readonly ends = new Uint8Array(1 << BITS);

  constructor(ids: readonly string[]) {
    this.wanted = new Set(ids);
    // An id that is no UUID marks some end or other: it is among lines alone.
    for (const id of this.wanted) this.ends[endOfText(id)] = 1;
  }

  /** Those that are among these, with their rows. */
  in(ids: RowIds): [id: string, row: number][] {
    const found: [string, number][] = [];
    const look = (id: string, row: number): void => {
      if (this.wanted.has(id)) found.push([id, row]);
    };
    if (typeof ids === 'string') {
      unpackIds(ids).forEach(look);
      return found;
    }
    const { ends } = this;
    for (let end = UUID_BYTES; end <= ids.length; end += UUID_BYTES) {
      if (ends[endOf(ids, end)] === 1) look(uuidAt(ids, end - UUID_BYTES), end / UUID_BYTES - 1);
    }
    return found;
  }
}
