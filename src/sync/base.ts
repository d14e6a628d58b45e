import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { contentHash, digestAdd, digestSubtract, EMPTY_DIGEST } from '../protocol/digest.ts';
import type { Digest } from '../protocol/digest.ts';
import type { ViewRecord } from './engine-api.ts';
import { KindRows } from './kind-rows.ts';
import type { StoredRow } from './ports.ts';

/** The confirmed rows of one space in memory, with their digest. */
export class SpaceBase {
  readonly space: SpaceId;
  digest: Digest = EMPTY_DIGEST;
  private readonly indexes: IndexRegistry;
  private readonly kinds = new Map<string, KindRows>();
  private readonly contents = new WeakMap<ViewRecord, number>();

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
  digestAfter(rows: readonly StoredRow[]): Digest {
    let digest = this.digest;
    const seen = new Map<string, StoredRow>();
    for (const row of rows) {
      const { k: kind, id, ver } = row;
      const key = `${kind} ${id}`;
      const before = seen.get(key) ?? this.stored(kind, id);
      if (before?.d !== undefined) {
        digest = digestSubtract(digest, { kind, id, ver: before.ver, content: contentOf(before) });
      }
      if (row.d !== undefined) digest = digestAdd(digest, { kind, id, ver, content: contentOf(row) });
      seen.set(key, row);
    }
    return digest;
  }

  private stored(kind: string, id: string): StoredRow | undefined {
    const record = this.get(kind, id);
    if (record === undefined) return undefined;
    return { k: kind, id, ver: record.ver, d: record.data, h: this.contents.get(record) };
  }

  /** Takes over one page as one step: no reader sees half of it. */
  apply(rows: readonly StoredRow[], digest: Digest = this.digestAfter(rows)): void {
    this.digest = digest;
    const byKind = new Map<string, Map<string, ViewRecord | undefined>>();
    for (const row of rows) {
      const next = byKind.get(row.k) ?? new Map<string, ViewRecord | undefined>();
      next.set(row.id, row.d === undefined ? undefined : this.confirmed(row));
      byKind.set(row.k, next);
    }
    for (const [kind, next] of byKind) this.kind(kind).change(next);
  }

  // Rows come from the server, which validated them when they were written.
  private confirmed(row: StoredRow): ViewRecord {
    const { k: kind, id, ver, d: data } = row;
    const record = { space: this.space, kind, id, ver, deleted: false, data, pending: false } as ViewRecord;
    this.contents.set(record, contentOf(row));
    return record;
  }
}

const contentOf = (row: StoredRow): number => row.h ?? contentHash(JSON.stringify(row.d));

/** Rows as they came, each with its content's hash. */
export const withContent = (rows: readonly StoredRow[]): StoredRow[] =>
  rows.map((row) => (row.d === undefined ? row : { ...row, h: contentOf(row) }));
