import type { SpaceId } from '../domain/space/space.ts';
import type { ViewRecord } from './engine-api.ts';
import type { StoredRow } from './ports.ts';

/** A confirmed row: text until somebody asks for what it says, for most of a large space is never shown. */
export class BaseRecord {
  readonly id: string;
  readonly ver: number;
  /** What it says, as a hash. */
  readonly content: number;
  private readonly space: SpaceId;
  private readonly kind: string;
  private held: string | ViewRecord;

  constructor(space: SpaceId, row: StoredRow, content: number) {
    this.space = space;
    this.kind = row.k;
    this.id = row.id;
    this.ver = row.ver;
    this.content = content;
    this.held = row.t ?? this.record(row.d);
  }

  get view(): ViewRecord {
    if (typeof this.held === 'string') this.held = this.record(JSON.parse(this.held));
    return this.held;
  }

  // Rows come from the server, which validated them when they were written.
  private record(data: unknown): ViewRecord {
    const { space, kind, id, ver } = this;
    return { space, kind, id, ver, deleted: false, data, pending: false } as ViewRecord;
  }
}
