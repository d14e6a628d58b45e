import type { TextResponse } from '../protocol/sync-lines.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';

/** Two requests that ask for the same, whenever they are sent. */
export const keyOfPull = ({ client, epoch, pull }: SyncRequest): string => JSON.stringify([client, epoch, pull]);

/**
 * What will be pulled once this answer has been taken: null where nothing is left, or where the answer brings more
 * than pages and what follows depends on it. A page's own cursor says where the next begins [PL1].
 */
export function pullAfter(
  { state }: EngineMemory,
  request: SyncRequest,
  response: TextResponse,
): SyncRequest['pull'] | null {
  if (request.push.length > 0 || response.revoked || response.resets.length > 0) return null;
  if (state.epoch !== response.epoch) return null;
  const allowed = (spaces: TextResponse['allowed']): string => spaces.map(({ id }) => id).join();
  if (allowed(state.allowed) !== allowed(response.allowed)) return null;
  const pages = new Map(response.pages.map((page) => [page.space, page]));
  const pull: SyncRequest['pull'] = [];
  for (const asked of request.pull) {
    const page = pages.get(asked.space);
    if (page === undefined) return null;
    if (!page.done) pull.push({ ...asked, cursor: page.cursor, upTo: page.upTo });
  }
  return pull.length > 0 ? pull : null;
}
