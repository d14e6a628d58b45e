import type { SpaceId } from '../space/space.ts';
import type { RecordData } from './record-data.ts';

/** Every kind of record that a space can hold. */
export type Kind = keyof RecordData;

/** One version of one thing; `ver` is the space's version at its last change. */
export interface DomainRecord<K extends Kind = Kind> {
  space: SpaceId;
  kind: K;
  id: string;
  /** 0 on the phone for what no server has confirmed yet. */
  ver: number;
  deleted: boolean;
  data: RecordData[K];
}

/** Any record, discriminated by its kind. */
export type AnyRecord = { [K in Kind]: DomainRecord<K> }[Kind];
