import { contentHashOfUtf8 } from '../../protocol/digest.ts';
import type { StoredRow } from '../../sync/ports.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where a line lies in its bytes: without its end, and where its text begins. */
export interface LinePlace {
  from: number;
  textFrom: number;
  to: number;
}

/** A live row of which the bytes are kept as they came; its text is made when somebody asks for it. */
export class LineRow implements StoredRow {
  readonly k: string;
  readonly id: string;
  readonly ver: number;
  readonly h: number;
  readonly bytes: Uint8Array;
  readonly place: LinePlace;

  constructor(key: Pick<StoredRow, 'k' | 'id' | 'ver'>, bytes: Uint8Array, place: LinePlace, h?: number) {
    this.k = key.k;
    this.id = key.id;
    this.ver = key.ver;
    this.h = h ?? contentHashOfUtf8(bytes, place.textFrom, place.to);
    this.bytes = bytes;
    this.place = place;
  }

  get t(): string {
    return decoder.decode(this.bytes.subarray(this.place.textFrom, this.place.to));
  }
}

/** As plain data, for another tab. */
export const plainRow = (row: StoredRow): StoredRow =>
  row instanceof LineRow ? { k: row.k, id: row.id, ver: row.ver, t: row.t, h: row.h } : row;
