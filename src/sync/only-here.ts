import type { Waiting } from './engine-api.ts';
import { isBrought } from './kept-media.ts';
import type { MediaRow } from './outbox-port.ts';
import { isUnsent } from './rescue.ts';
import { thumbsOf } from './thumbs.ts';

/** What was refused or sent back lies here alone, as what waits does; what is held lies with the server. */
const isOnlyHere = (one: Waiting): boolean =>
  isUnsent(one) && (one.receipt?.status !== 'quarantined' || one.decision?.as === 'returned');

/** How many records lie on this phone alone, and photos and voice notes; those of such a record go with it. */
export function countOnlyHere(waiting: readonly Waiting[], media: readonly MediaRow[]): number {
  const mids = new Set(waiting.filter(isOnlyHere).map(({ row }) => row.mid));
  const thumbs = thumbsOf(
    media,
    waiting.map(({ row }) => row),
  );
  const isAlone = (one: MediaRow): boolean => !thumbs.has(one.sha) && !one.mids.some((mid) => mids.has(mid));
  return mids.size + media.filter((one) => one.asideAt === null && !isBrought(one) && isAlone(one)).length;
}
