import { parseSpace } from '../../domain/space/space.ts';
import type { SyncRequest } from '../../protocol/sync-messages.ts';

/** What a device says of itself in a request. */
type Said = Pick<SyncRequest, 'push' | 'pull' | 'media' | 'whole'>;

/** No honest request names more. */
const MAX_GRIDS = 500;

function gridIn({ space }: Pick<SyncRequest['pull'][number], 'space'>): string[] {
  const parsed = parseSpace(space);
  return parsed?.kind === 'grid' || parsed?.kind === 'contact' ? [parsed.owner] : [];
}

const gridsIn = ({ push, pull }: Said): string[] => [...push.flatMap(gridIn), ...pull.flatMap(gridIn)];

/**
 * The grids of which something lies on a device, as this request leaves them; `before` are those of the one before it. A
 * device names each space that it carries or in which its outbox has written [PL2], so what it names lies on it, and what it
 * names no more has gone from it. Three times nothing is taken for gone:
 *
 * - The request does not say that it is `whole`. It may name only what a pass has left, and older builds never say it.
 * - Photos wait. Their mutations may be settled and gone, and then nothing names their grid.
 * - The session is ended. The device drops what it carries at the first answer, and whoever reported it lost has to see what
 *   comes of it after that.
 */
export function gridsNamed(before: readonly string[], said: Said, isEnded: boolean): string[] {
  const mayBeMore = isEnded || said.whole !== true || (said.media?.waiting ?? 0) > 0;
  return [...new Set([...gridsIn(said), ...(mayBeMore ? before : [])])].slice(0, MAX_GRIDS).sort();
}
