import type { RecordData } from './record-data.ts';
import type { Kind } from './record.ts';

/** An index of the view: which list a record stands in, and where. Pure; lives in `<kind>-indexes.ts`. */
export interface IndexDefinition<K extends Kind = Kind> {
  /** Which list of this index holds the record; `all` has one list, with an empty key. */
  key(data: RecordData[K], id: string): string;
  /** Its place there, ascending; the id breaks ties. All of one index are of one type. */
  sort(data: RecordData[K], id: string): string | number;
}

/** Every kind has an index `all`. */
export type KindIndexes<K extends Kind = Kind> = Readonly<Record<string, IndexDefinition<K>>>;

export type IndexRegistry = { readonly [K in Kind]: KindIndexes<K> };
