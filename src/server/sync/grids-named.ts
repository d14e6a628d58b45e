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
 * Of which grids something lies on a device: it names every space that it carries or has in its outbox [PL2]. One that is
 * named no more has gone from it, but where this request does not say that it names all (no list tells: any space may be
 * what is left of a pass), photos wait whose mutations have gone, or the session is ended: who reported it lost has to see it
 * come.
 */
export function gridsNamed(before: readonly string[], said: Said, isEnded: boolean): string[] {
  const mayBeMore = isEnded || said.whole !== true || (said.media?.waiting ?? 0) > 0;
  return [...new Set([...gridsIn(said), ...(mayBeMore ? before : [])])].slice(0, MAX_GRIDS).sort();
}
