import { contentHashOfUtf8 } from '../../protocol/digest.ts';
import type { StoredRow } from '../../sync/cache-port.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where a line lies in its bytes: without its end, and where its text begins. */
export interface LinePlace {
  from: number;
  textFrom: number;
  to: number;
}

/** What neighbouring lines say, made text together when the first is asked for: one after the other takes longer. */
export class LineTexts {
  private readonly bytes: Uint8Array;
  private lines: string[] | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The text of the nth line: what stands behind its kind, id and version. */
  at(n: number): string {
    this.lines ??= decoder.decode(this.bytes).split('\n');
    const line = this.lines[n]!;
    const ver = line.indexOf('\t', line.indexOf('\t') + 1) + 1;
    return line.slice(line.indexOf('\t', ver) + 1);
  }
}

/** A live row of which the bytes are kept as they came; its text is made when somebody asks for it. */
export class LineRow implements StoredRow {
  readonly k: string;
  readonly id: string;
  readonly ver: number;
  readonly h: number;
  readonly bytes: Uint8Array;
  readonly place: LinePlace;
  /** Where its text is made together with that of its neighbours: those, and its number among them. */
  private readonly together: { texts: LineTexts; n: number } | undefined;

  constructor(
    key: Pick<StoredRow, 'k' | 'id' | 'ver'>,
    bytes: Uint8Array,
    place: LinePlace,
    h?: number,
    together?: LineRow['together'],
  ) {
    this.k = key.k;
    this.id = key.id;
    this.ver = key.ver;
    this.h = h ?? contentHashOfUtf8(bytes, place.textFrom, place.to);
    this.bytes = bytes;
    this.place = place;
    this.together = together;
  }

  get t(): string {
    if (this.together !== undefined) return this.together.texts.at(this.together.n);
    return decoder.decode(this.bytes.subarray(this.place.textFrom, this.place.to));
  }
}

/** As plain data, for another tab. */
export const plainRow = (row: StoredRow): StoredRow =>
  row instanceof LineRow ? { k: row.k, id: row.id, ver: row.ver, t: row.t, h: row.h } : row;
