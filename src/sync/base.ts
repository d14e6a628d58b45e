import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { DigestSum, EMPTY_DIGEST } from '../protocol/digest.ts';
import type { Digest, DigestRow } from '../protocol/digest.ts';
import { isLive } from '../protocol/sync-lines.ts';
import { BaseRecord } from './base-record.ts';
import { ColdKind } from './cold-kind.ts';
import { KindRows } from './kind-rows.ts';
import type { LoadedRows, StoredRow } from './cache-port.ts';
import { contentOf } from './row-content.ts';
import { hashesOf, unpackIds } from './row-ids.ts';
import { HELD_WHOLE } from './segment.ts';
import type { NewSegment, Segment } from './segment.ts';

/**
 * The confirmed rows of one space in memory, with their digest. Of a large space most are columns alone, and what they
 * say is in the store; what came since then is here whole.
 */
export class SpaceBase {
  readonly space: SpaceId;
  digest: Digest = EMPTY_DIGEST;
  private readonly indexes: IndexRegistry;
  private readonly kinds = new Map<string, KindRows<BaseRecord>>();
  private readonly cold = new Map<string, ColdKind>();

  constructor(space: SpaceId, indexes: IndexRegistry) {
    this.space = space;
    this.indexes = indexes;
  }

  /** How many live rows there are. */
  get size(): number {
    let size = 0;
    for (const { records } of this.kinds.values()) size += records.size;
    for (const cold of this.cold.values()) size += cold.size;
    return size;
  }

  /** Some are columns alone, though there are few enough for all to be here whole. */
  get isSmallInSegments(): boolean {
    return this.cold.size > 0 && this.size <= HELD_WHOLE;
  }

  /** Those that are here whole. */
  kind(kind: string): KindRows<BaseRecord> {
    const rows = this.kinds.get(kind);
    if (rows !== undefined) return rows;
    // A kind that this build does not know has no indexes; its rows are kept all the same.
    const fresh = new KindRows<BaseRecord>((this.indexes as Partial<IndexRegistry>)[kind as Kind]);
    this.kinds.set(kind, fresh);
    return fresh;
  }

  /** Those of which only columns are here. */
  coldKind(kind: string): ColdKind | undefined {
    return this.cold.get(kind);
  }

  coldKinds(): Iterable<ColdKind> {
    return this.cold.values();
  }

  /** The version of a row that is here, and the hash of what it says. */
  private standing(kind: string, id: string): { ver: number; content: number } | undefined {
    const whole = this.kinds.get(kind)?.records.get(id);
    if (whole !== undefined) return whole;
    const cold = this.cold.get(kind);
    const position = cold?.find(id);
    if (cold === undefined || position === undefined) return undefined;
    return { ver: cold.ver(position), content: cold.content(position) };
  }

  /** Ids of a segment of which the rows are here whole. */
  private wholeOf({ kind, ids }: NewSegment): string[] {
    const whole = this.kinds.get(kind);
    if (whole === undefined || whole.records.size === 0) return [];
    if (!hashesOf(ids).some((hash) => whole.mayHave(hash))) return [];
    return unpackIds(ids).filter((id) => whole.records.has(id));
  }

  /** Rows that those of a segment come in place of. */
  private *replacedBy(segment: NewSegment): Generator<DigestRow> {
    const { kind } = segment;
    for (const id of this.wholeOf(segment)) {
      const { ver, content } = this.kind(kind).records.get(id)!;
      yield { kind, id, ver, content };
    }
    const cold = this.cold.get(kind);
    for (const [, here] of cold?.findAll(segment) ?? []) {
      yield { kind, id: cold!.id(here), ver: cold!.ver(here), content: cold!.content(here) };
    }
  }

  /** The digest as it would be after these rows, and those of these segments. */
  digestAfter(rows: readonly StoredRow[], segments: readonly NewSegment[] = []): Digest {
    const sum = new DigestSum(this.digest);
    for (const segment of segments) {
      sum.addDigest(segment.digest);
      for (const before of this.replacedBy(segment)) sum.subtract(before);
    }
    const seen = new Map<string, { ver: number; content: number } | null>();
    for (const row of rows) {
      const { k: kind, id, ver } = row;
      const key = `${kind} ${id}`;
      const before = seen.has(key) ? seen.get(key) : this.standing(kind, id);
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
    this.takeAway(rows);
    this.applyOver(rows);
  }

  /** Rows of which no segment has one. */
  private applyOver(rows: readonly StoredRow[]): void {
    const byKind = new Map<string, Map<string, BaseRecord | undefined>>();
    for (const row of rows) {
      const next = byKind.get(row.k) ?? new Map<string, BaseRecord | undefined>();
      next.set(row.id, isLive(row) ? new BaseRecord(this.space, row, contentOf(row)) : undefined);
      byKind.set(row.k, next);
    }
    for (const [kind, next] of byKind) this.kind(kind).change(next);
  }

  private takeAway(rows: readonly StoredRow[]): void {
    for (const { k, id } of rows) {
      const cold = this.cold.get(k);
      const position = cold?.find(id);
      if (position !== undefined) cold?.takeAway(position);
    }
  }

  /** Takes over one page of which these segments hold a part. */
  applySegments(segments: readonly Segment[], rows: readonly StoredRow[], digest: Digest): void {
    const cold = new Set(segments.map(({ kind }) => kind));
    for (const segment of segments) {
      this.kind(segment.kind).change(new Map(this.wholeOf(segment).map((id) => [id, undefined])));
      this.coldOf(segment.kind).addOver(segment);
    }
    this.apply(
      rows.filter((row) => !isLive(row) || !cold.has(row.k)),
      digest,
    );
  }

  /** Takes over what lies in the store, into an empty base; the digest is reckoned from it. */
  load({ segments, rows }: LoadedRows, expected: Digest): void {
    if (segments.length === 0) return this.apply(rows);
    for (const segment of segments) this.coldOf(segment.kind).add(segment);
    this.digest = this.sum(rows);
    // Mostly none replaces another, and the sum says so: then none has to be looked for.
    if (this.digest === expected) return this.applyOver(rows);
    this.layOver(rows);
    if (this.digest === expected) return;
    // Some have been replaced by other segments.
    this.cold.clear();
    this.kinds.clear();
    for (const segment of segments) this.coldOf(segment.kind).addOver(segment);
    this.digest = this.sum(rows);
    this.layOver(rows);
  }

  /** Rows over segments: of two of one id the later version stays, whichever was written first. The digest has them all. */
  private layOver(rows: readonly StoredRow[]): void {
    const sum = new DigestSum(this.digest);
    const later = new Set(rows);
    for (const [kind, cold] of this.cold) {
      const own = rows.filter(({ k }) => k === kind);
      const under = cold.findEach(own.map(({ id }) => id));
      for (const row of own) {
        const { id, ver } = row;
        const here = under.get(id);
        if (here === undefined) continue;
        if (ver > cold.ver(here)) {
          sum.subtract({ kind, id, ver: cold.ver(here), content: cold.content(here) });
          cold.takeAway(here);
        } else {
          if (isLive(row)) sum.subtract({ kind, id, ver, content: contentOf(row) });
          later.delete(row);
        }
      }
    }
    this.applyOver([...later]);
    this.digest = sum.digest;
  }

  /** What segments and these rows add up to. */
  private sum(rows: readonly StoredRow[]): Digest {
    const sum = new DigestSum();
    for (const cold of this.cold.values()) {
      for (const { digest } of cold.segments) sum.addDigest(digest);
      for (const row of cold.goneRows()) sum.subtract(row);
    }
    for (const row of rows) {
      if (isLive(row)) sum.add({ kind: row.k, id: row.id, ver: row.ver, content: contentOf(row) });
    }
    return sum.digest;
  }

  private coldOf(kind: string): ColdKind {
    const cold = this.cold.get(kind) ?? new ColdKind(kind);
    this.cold.set(kind, cold);
    return cold;
  }
}
