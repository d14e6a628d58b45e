import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { CountQuery, View, ViewQuery, ViewRecord } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { BodyReader } from './body-reader.ts';
import type { ColdKind } from './cold-kind.ts';
import { hasRecord, readRecord } from './fold.ts';
import type { Kept, KindRows } from './kind-rows.ts';
import { compareEntries } from './sorted-list.ts';
import type { Entry, SortedList } from './sorted-list.ts';

/** Of whichever kind: inside they are all one. */
export type OfAny<Query extends CountQuery> = Omit<Query, 'index'> & { index: string };
type AnyQuery = OfAny<ViewQuery>;

interface Found {
  entry: Entry;
  /** Undefined where it has to be read first. */
  record(): ViewRecord | undefined;
}

type Skip = ReadonlyMap<string, unknown> | undefined;

/** Walks a sorted list from behind `after`, in either direction, leaving out some ids and what is not found. */
function* walk(
  list: Pick<SortedList, 'length' | 'lowerBound'>,
  foundAt: (n: number) => Found | undefined,
  query: AnyQuery,
  skip: Skip,
): Generator<Found> {
  const descending = query.order === 'desc';
  const start = query.after === undefined ? (descending ? list.length : 0) : list.lowerBound(query.after);
  for (let n = descending ? start - 1 : start; n >= 0 && n < list.length; n += descending ? -1 : 1) {
    const found = foundAt(n);
    if (found === undefined || found.entry.id === query.after?.id || skip?.has(found.entry.id) === true) continue;
    yield found;
  }
}

function walkWhole(rows: KindRows<Kept>, query: AnyQuery, skip: Skip): Generator<Found> {
  const list = rows.list(query.index, query.key);
  const foundAt = (n: number): Found | undefined => {
    const entry = list.at(n)!;
    const record = rows.records.get(entry.id);
    return record && { entry, record: () => record.view };
  };
  return walk(list, foundAt, query, skip);
}

/** The same through rows of which only columns are here. */
function walkCold(
  kind: ColdKind,
  query: AnyQuery,
  skip: Skip,
  read: (position: number) => ViewRecord | undefined,
): Generator<Found> {
  const list = kind.list(query.index, query.key);
  const foundAt = (n: number): Found | undefined => {
    const position = list.at(n);
    return kind.isLive(position) ? { entry: list.entryAt(n), record: () => read(position) } : undefined;
  };
  return walk(list, foundAt, query, skip);
}

/** Merges walks that are each in order; nothing is sorted again [VW4]. */
function* merge(walks: Generator<Found>[], descending: boolean): Generator<Found> {
  const heads = walks.map((walk) => ({ walk, next: walk.next() }));
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done === true) continue;
      if (first === undefined || first.next.done === true) first = head;
      else if (compareEntries(head.next.value.entry, first.next.value.entry) < 0 !== descending) first = head;
    }
    if (first === undefined || first.next.done === true) return;
    yield first.next.value;
    first.next = first.walk.next();
  }
}

const spacesOf = (space: SpaceId | readonly SpaceId[]): readonly SpaceId[] =>
  typeof space === 'string' ? [space] : space;

/** The only way for a component to reach records: confirmed rows, with what is pending laid over them. */
export function createView(
  memory: EngineMemory,
  onChange: View['onChange'],
  { whole }: Pick<BodyReader, 'whole'>,
): View {
  const walksOf = (space: SpaceId, query: AnyQuery): Generator<Found>[] => {
    const base = memory.bases.get(space)?.kind(query.kind);
    const cold = memory.bases.get(space)?.coldKind(query.kind);
    const over = memory.overlay.kind(space, query.kind);
    const walks: Generator<Found>[] = [];
    if (base !== undefined) walks.push(walkWhole(base, query, over?.touched));
    if (cold !== undefined) {
      walks.push(walkCold(cold, query, over?.touched, (position) => memory.bodies.get(space, cold, position)));
    }
    if (over !== undefined) walks.push(walkWhole(over.live, query, undefined));
    return walks;
  };

  const countIn = (space: SpaceId, query: AnyQuery): number => {
    const base = memory.bases.get(space)?.kind(query.kind);
    const cold = memory.bases.get(space)?.coldKind(query.kind);
    const over = memory.overlay.kind(space, query.kind);
    const { index, key } = query;
    let count =
      (base?.list(index, key).length ?? 0) +
      (cold?.list(index, key).count ?? 0) +
      (over?.live.list(index, key).length ?? 0);
    for (const id of over?.touched.keys() ?? []) {
      const whole = base?.records.get(id);
      const position = whole === undefined ? cold?.find(id) : undefined;
      if (whole !== undefined && (key === undefined || base?.index(index).key(whole) === key)) count -= 1;
      if (position !== undefined && (key === undefined || cold?.isIn(position, index, key) === true)) count -= 1;
    }
    return count;
  };

  return {
    has: (space, kind, id) => hasRecord(memory, space, kind, id),
    read: (ask) => {
      const before = memory.bodies.misses;
      const value = ask();
      // What is pending and could not be laid over yet is a part of it.
      return { value, isWhole: memory.bodies.misses === before && !memory.foldMissed };
    },
    whole,
    get: <K extends Kind>(space: SpaceId, kind: K, id: string) =>
      readRecord(memory, space, kind, id) as ViewRecord<K> | undefined,
    list: <K extends Kind>(query: ViewQuery<K>) => {
      const limit = query.limit ?? Number.POSITIVE_INFINITY;
      const found: ViewRecord[] = [];
      if (limit <= 0) return found as ViewRecord<K>[];
      const walks = spacesOf(query.space).flatMap((space) => walksOf(space, query));
      let passed = 0;
      for (const { record } of merge(walks, query.order === 'desc')) {
        const shown = record();
        if (shown !== undefined) found.push(shown);
        passed += 1;
        if (passed >= limit) break;
      }
      return found as ViewRecord<K>[];
    },
    count: (query) => spacesOf(query.space).reduce((sum, space) => sum + countIn(space, query), 0),
    onChange,
  };
}
