import type { SpaceId } from '../domain/space/space.ts';
import type { ViewRecord } from './engine-api.ts';
import type { StoredRow } from './cache-port.ts';

/** A confirmed row: text until somebody asks for what it says, for most of a large space is never shown. */
export class BaseRecord {
  readonly id: string;
  readonly ver: number;
  /** What it says, as a hash. */
  readonly content: number;
  private readonly space: SpaceId;
  private readonly kind: string;
  private row: StoredRow | null;
  private record: ViewRecord | null = null;

  constructor(space: SpaceId, row: StoredRow, content: number) {
    this.space = space;
    this.kind = row.k;
    this.id = row.id;
    this.ver = row.ver;
    this.content = content;
    this.row = row;
  }

  get view(): ViewRecord {
    if (this.record !== null) return this.record;
    const { space, kind, id, ver, row } = this;
    // Rows come from the server, which validated them when they were written.
    const data = row?.t === undefined ? row?.d : (JSON.parse(row.t) as unknown);
    this.record = { space, kind, id, ver, deleted: false, data, pending: false } as ViewRecord;
    this.row = null;
    return this.record;
  }
}
