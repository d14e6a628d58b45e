import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { contentHash, DigestSum, EMPTY_DIGEST } from '../protocol/digest.ts';
import type { Digest } from '../protocol/digest.ts';
import { isLive, textOf } from '../protocol/sync-lines.ts';
import type { ViewRecord } from './engine-api.ts';
import { BaseRecord } from './base-record.ts';
import { KindRows } from './kind-rows.ts';
import type { StoredRow } from './ports.ts';

/** The confirmed rows of one space in memory, with their digest. */
export class SpaceBase {
  readonly space: SpaceId;
  digest: Digest = EMPTY_DIGEST;
  private readonly indexes: IndexRegistry;
  private readonly kinds = new Map<string, KindRows<BaseRecord>>();

  constructor(space: SpaceId, indexes: IndexRegistry) {
    this.space = space;
    this.indexes = indexes;
  }

  kind(kind: string): KindRows<BaseRecord> {
    const rows = this.kinds.get(kind);
    if (rows !== undefined) return rows;
    // A kind that this build does not know has no indexes; its rows are kept all the same.
    const fresh = new KindRows<BaseRecord>((this.indexes as Partial<IndexRegistry>)[kind as Kind]);
    this.kinds.set(kind, fresh);
    return fresh;
  }

  get(kind: string, id: string): ViewRecord | undefined {
    return this.kinds.get(kind)?.records.get(id)?.view;
  }

  /** The digest as it would be after these rows. */
  digestAfter(rows: readonly StoredRow[]): Digest {
    const sum = new DigestSum(this.digest);
    const seen = new Map<string, { ver: number; content: number } | null>();
    for (const row of rows) {
      const { k: kind, id, ver } = row;
      const key = `${kind} ${id}`;
      const before = seen.has(key) ? seen.get(key) : this.kinds.get(kind)?.records.get(id);
      if (before) sum.subtract({ kind, id, ver: before.ver, content: before.content });
      const after = isLive(row) ? { ver, content: contentOf(row) } : null;
      if (after !== null) sum.add({ kind, id, ...after });
      seen.set(key, after);
    }
    return sum.digest;
  }

  /** Takes over one page as one step: no reader sees half of it. */
  apply(rows: readonly StoredRow[], digest: Digest = this.digestAfter(rows)): void {
    this.digest = digest;
    const byKind = new Map<string, Map<string, BaseRecord | undefined>>();
    for (const row of rows) {
      const next = byKind.get(row.k) ?? new Map<string, BaseRecord | undefined>();
      next.set(row.id, isLive(row) ? new BaseRecord(this.space, row, contentOf(row)) : undefined);
      byKind.set(row.k, next);
    }
    for (const [kind, next] of byKind) this.kind(kind).change(next);
  }
}

/** The hash of what a live row says; one that an older build stored has none. */
export const contentOf = (row: StoredRow): number => row.h ?? contentHash(textOf(row));

/** Rows as they came, each as text with its hash. */
export const withContent = (rows: readonly StoredRow[]): StoredRow[] =>
  rows.map((row) => {
    const { k, id, ver } = row;
    if (!isLive(row)) return { k, id, ver };
    const t = textOf(row);
    return { k, id, ver, t, h: contentHash(t) };
  });
