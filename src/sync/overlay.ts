import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { ViewRecord } from './engine-api.ts';
import { KindRows } from './kind-rows.ts';
import type { Kept } from './kind-rows.ts';

/** One record as a mutation leaves it; undefined where it removed it. */
export interface Write {
  kind: Kind;
  id: string;
  record: ViewRecord | undefined;
}

/** What the pending mutations make of one kind in one space. */
export class OverlayKind {
  /** Every id that a pending mutation touched; undefined where it was removed. */
  readonly touched = new Map<string, ViewRecord | undefined>();
  /** The live ones among them, with their indexes. */
  readonly live: KindRows<Kept>;

  constructor(indexes: IndexRegistry, kind: Kind) {
    this.live = new KindRows<Kept>((indexes as Partial<IndexRegistry>)[kind]);
  }
}

/** The fold of the pending mutations over the base; thrown away and made anew, it is small. */
export class Overlay {
  private readonly indexes: IndexRegistry;
  private readonly spaces = new Map<SpaceId, Map<Kind, OverlayKind>>();

  constructor(indexes: IndexRegistry) {
    this.indexes = indexes;
  }

  kind(space: SpaceId, kind: Kind): OverlayKind | undefined {
    return this.spaces.get(space)?.get(kind);
  }

  /** Takes over the writes of one mutation. */
  apply(space: SpaceId, writes: Iterable<Write>): void {
    const kinds = this.spaces.get(space) ?? new Map<Kind, OverlayKind>();
    this.spaces.set(space, kinds);
    for (const { kind, id, record } of writes) {
      const rows = kinds.get(kind) ?? new OverlayKind(this.indexes, kind);
      kinds.set(kind, rows);
      rows.touched.set(id, record);
      rows.live.change(new Map([[id, record && { id, view: record }]]));
    }
  }
}
