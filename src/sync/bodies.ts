import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { ColdKind } from './cold-kind.ts';
import type { ViewRecord } from './engine-api.ts';
import type { CacheStore, StoredRow } from './cache-port.ts';
import type { Clock } from './device-port.ts';
import { contentOf } from './row-content.ts';

/** So many that were read are kept whether or not somebody asks for them. */
const KEPT = 1000;
/** Of more, those that nobody has asked for in so long go. */
const KEPT_MS = 30_000;

interface Wanted {
  space: SpaceId;
  kind: ColdKind;
  position: number;
}

/** What records of large spaces say: read from the store when somebody asks. */
export class Bodies {
  /** How often somebody asked for what was not here. */
  misses = 0;
  /** Told when the first is asked for. */
  onWanted: () => void = () => undefined;
  private readonly wanted = new Map<ColdKind, SpaceId>();
  private readonly cache: CacheStore;
  private readonly clock: Clock;

  constructor(cache: CacheStore, clock: Clock) {
    this.cache = cache;
    this.clock = clock;
  }

  get isWanted(): boolean {
    return this.wanted.size > 0;
  }

  /** Undefined where it has to be read first: it is asked for. */
  get(space: SpaceId, kind: ColdKind, position: number): ViewRecord | undefined {
    const body = kind.bodies.get(position);
    if (body !== undefined) {
      body.askedAt = this.clock.ticks();
      return body.record;
    }
    this.misses += 1;
    kind.wanted.add(position);
    const isFirst = this.wanted.size === 0;
    this.wanted.set(kind, space);
    if (isFirst) this.onWanted();
    return undefined;
  }

  /** Reads what is asked for; answers which spaces moved, and those of which the store has some otherwise. */
  async bring(): Promise<{ moved: Set<SpaceId>; astray: Set<SpaceId> }> {
    const wanted = this.take();
    const astray = new Set<SpaceId>();
    const rows = await this.read(wanted);
    for (const [n, want] of wanted.entries()) {
      // Replaced meanwhile: whoever asks again finds another.
      if (!want.kind.isLive(want.position)) continue;
      if (!this.put(want, rows[n])) astray.add(want.space);
    }
    for (const kind of new Set(wanted.map((want) => want.kind))) this.letGo(kind);
    return { moved: new Set(wanted.map(({ space }) => space)), astray };
  }

  /** What the store does not answer stays asked for. */
  private async read(wanted: readonly Wanted[]): Promise<(StoredRow | undefined)[]> {
    try {
      return await this.cache.bodies(wanted.map(({ kind, position }) => kind.placeOf(position)));
    } catch (error) {
      for (const { space, kind, position } of wanted) {
        if (!kind.isLive(position)) continue;
        kind.wanted.add(position);
        this.wanted.set(kind, space);
      }
      throw error;
    }
  }

  private take(): Wanted[] {
    const taken: Wanted[] = [];
    for (const [kind, space] of this.wanted) {
      for (const position of kind.wanted) taken.push({ space, kind, position });
      kind.wanted.clear();
    }
    this.wanted.clear();
    return taken;
  }

  private put({ space, kind, position }: Wanted, row: StoredRow | undefined): boolean {
    const [id, ver] = [kind.id(position), kind.ver(position)];
    if (row?.t === undefined || row.k !== kind.kind || row.id !== id || row.ver !== ver) return false;
    if (contentOf(row) !== kind.content(position)) return false;
    // Rows come from the server, which validated them when they were written.
    const data = JSON.parse(row.t) as unknown;
    const record = { space, kind: kind.kind as Kind, id, ver, deleted: false, data, pending: false } as ViewRecord;
    kind.bodies.set(position, { record, askedAt: this.clock.ticks() });
    return true;
  }

  private letGo(kind: ColdKind): void {
    if (kind.bodies.size <= KEPT) return;
    const before = this.clock.ticks() - KEPT_MS;
    for (const [position, { askedAt }] of kind.bodies) if (askedAt < before) kind.bodies.delete(position);
  }
}
