import type { SpaceId } from '../domain/space/space.ts';
import type { CachedSpace, CachePage, CacheStore } from './cache-port.ts';

/** Tells pages of one answer that would write what stands in the store already. */
export type IsStill = (page: CachePage) => Promise<boolean>;

/**
 * Most spaces have nothing new most of the time, and writing that down anew was most of what an answer took. The store is
 * asked all the same, once an answer: what was let go of there, or moved on by another tab, is seen by the page's own
 * compare-and-set [PL3].
 */
export function stillPages({ spaces }: Pick<CacheStore, 'spaces'>, known: (id: SpaceId) => CachedSpace): IsStill {
  let read: Promise<Map<SpaceId, string>> | null = null;
  const stored = async (): Promise<Map<SpaceId, string>> =>
    new Map((await spaces()).map((space) => [space.id, JSON.stringify(space)]));

  return async ({ space, rows, segments = [], receipts, next }) => {
    const standing = JSON.stringify(next);
    const isEmpty = rows.length === 0 && segments.length === 0 && receipts.length === 0;
    if (!isEmpty || JSON.stringify(known(space)) !== standing) return false;
    read ??= stored();
    return (await read).get(space) === standing;
  };
}
