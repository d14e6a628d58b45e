import type { Notice } from '../../../domain/notice/notice.ts';
import { parseSpace } from '../../../domain/space/space.ts';

/** Where a notice leads: to what it is about, or to what can be done now. */
export function noticeLink({ type, about }: Notice): string | null {
  if (type === 'heldReturned') return '/attention';
  if (type === 'heldAccepted') return '/records';
  const space = about ? parseSpace(about.space) : undefined;
  if (!about || !space) return null;
  if (about.kind === 'card' && space.kind === 'wall') return `/wall/${space.owner}/${about.id}`;
  if (about.kind === 'claimView') return `/claims/${about.id}`;
  if (about.kind === 'ticket' && space.kind === 'grid') return `/door/ticket/${space.owner}/${about.id}`;
  return null;
}
