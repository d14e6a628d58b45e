import type { Segment } from '../../sync/segment.ts';
import { isSegment } from './cache-database.ts';
import type { CacheDatabase } from './cache-database.ts';

/**
 * Segments once more, many in one value: a start reads seven values in half of the time of fifty. They lie among the chunks,
 * under a name that no space has, and go as soon as one of theirs is written anew.
 */
interface GatheredChunk {
  /** The number of its first, below zero: what two tabs gather at once is there once. */
  n: number;
  space: string;
  small: 0;
  rows: number;
  segments: Segment[];
}

/** Of so many rows one value is made: some eight pages. */
const GATHERED_ROWS = 16_000;

/** A segment that is in none of them. */
export interface Loose {
  n: number;
  rows: number;
}

/** Takes out of the list what is enough for one value. */
export function takeGroups(loose: Loose[]): number[][] {
  const groups: number[][] = [];
  let group: Loose[] = [];
  for (const one of loose.splice(0)) {
    group.push(one);
    if (group.reduce((sum, { rows }) => sum + rows, 0) < GATHERED_ROWS) continue;
    groups.push(group.map(({ n }) => n));
    group = [];
  }
  loose.push(...group);
  return groups;
}

const nameOf = (space: string): string => `columns of ${space}`;

/** Gathers these, in a transaction of its own; nothing where one of them is not there any more, or is another build's. */
export async function gather(
  db: CacheDatabase,
  space: string,
  numbers: readonly number[],
  build: string,
): Promise<void> {
  await db.transaction('rw', [db.chunks], async () => {
    const segments = (await db.chunks.bulkGet([...numbers])).flatMap((chunk): Segment[] => {
      const isOurs = chunk?.space === space && isSegment(chunk) && chunk.segment.build === build;
      return isOurs ? [{ ...chunk.segment, n: chunk.n }] : [];
    });
    if (segments.length < numbers.length) return;
    const rows = segments.reduce((sum, { vers }) => sum + vers.length, 0);
    const gathered: GatheredChunk = { n: -numbers[0]!, space: nameOf(space), small: 0, rows, segments };
    await db.chunks.put(gathered as never);
  });
}

/** What is gathered of a space and is of this build, by its number and in that order; inside the caller's transaction. */
export async function readGathered(db: CacheDatabase, space: string, build: string): Promise<Map<number, Segment>> {
  const chunks = (await db.chunks.where('space').equals(nameOf(space)).toArray()) as unknown as GatheredChunk[];
  const segments = chunks.flatMap((chunk) => chunk.segments).filter((segment) => segment.build === build);
  // As they came: their values mostly rise then, and a list of them need not be sorted.
  return new Map(segments.sort((a, b) => a.n - b.n).map((segment) => [segment.n, segment]));
}

/** Inside the caller's transaction. */
export async function dropGathered(db: CacheDatabase, spaces: readonly string[]): Promise<void> {
  await db.chunks.where('space').anyOf(spaces.map(nameOf)).delete();
}
