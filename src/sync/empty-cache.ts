import type { SpaceId } from '../domain/space/space.ts';
import { EMPTY_DIGEST } from '../protocol/digest.ts';
import type { CachedSpace, CacheState } from './cache-port.ts';

export const emptyState = (client: string | null): CacheState => ({
  client,
  epoch: null,
  allowed: [],
  member: null,
  lastSyncAt: null,
});

export const emptySpace = (id: SpaceId): CachedSpace => ({
  id,
  cursor: null,
  upTo: null,
  done: false,
  appliedSeq: 0,
  receiptsAfter: 0,
  digest: EMPTY_DIGEST,
});
