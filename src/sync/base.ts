import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { digestAdd, digestSubtract, EMPTY_DIGEST } from '../protocol/digest.ts';
import type { Digest } from '../protocol/digest.ts';
import type { Row } from '../protocol/sync-messages.ts';
import type { ViewRecord } from './engine-api.ts';
import { KindRows } from './kind-rows.ts';

/** The confirmed rows of one space in memory, with their digest. */
export class SpaceBase {
  readonly space: SpaceId;
  digest: Digest = EMPTY_DIGEST;
  private readonly indexes: IndexRegistry;
  private readonly kinds = new Map<string, KindRows>();

  constructor(space: SpaceId, indexes: IndexRegistry) {
    this.space = space;
    this.indexes = indexes;
  }

  kind(kind: string): KindRows {
    const rows = this.kinds.get(kind);
    if (rows !== undefined) return rows;
    // A kind that this build does not know has no indexes; its rows are kept all the same.
    const fresh = new KindRows((this.indexes as Partial<IndexRegistry>)[kind as Kind]);
    this.kinds.set(kind, fresh);
    return fresh;
  }

  get(kind: string, id: string): ViewRecord | undefined {
    return this.kinds.get(kind)?.records.get(id);
  }

  /** The digest as it would be after these rows. */
  digestAfter(rows: readonly Row[]): Digest {
    let digest = this.digest;
    const seen = new Map<string, Row>();
    for (const row of rows) {
      const key = `${row.k} ${row.id}`;
      const before = seen.get(key);
      const old = before === undefined ? this.get(row.k, row.id)?.ver : before.d === undefined ? undefined : before.ver;
      if (old !== undefined) digest = digestSubtract(digest, row.k, row.id, old);
      if (row.d !== undefined) digest = digestAdd(digest, row.k, row.id, row.ver);
      seen.set(key, row);
    }
    return digest;
  }

  /** Takes over one page as one step: no reader sees half of it. */
  apply(rows: readonly Row[], digest: Digest = this.digestAfter(rows)): void {
    this.digest = digest;
    const byKind = new Map<string, Map<string, ViewRecord | undefined>>();
    for (const row of rows) {
      const next = byKind.get(row.k) ?? new Map<string, ViewRecord | undefined>();
      next.set(row.id, row.d === undefined ? undefined : confirmed(this.space, row));
      byKind.set(row.k, next);
    }
    for (const [kind, next] of byKind) this.kind(kind).change(next);
  }
}

// Rows come from the server, which validated them when they were written.
const confirmed = (space: SpaceId, row: Row): ViewRecord =>
  ({ space, kind: row.k, id: row.id, ver: row.ver, deleted: false, data: row.d, pending: false }) as ViewRecord;
