import type { AddedMedia } from '../../domain/photo/media-args.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { MediaBytes, SaveRequest } from '../../sync/engine-api.ts';

/** The matter or the claim that photos and voice notes belong to. */
interface MediaOwner {
  kind: 'ticket' | 'claimView';
  space: SpaceId;
  id: string;
}

/** What was taken, as a mutation of its own with the bytes that it names; none where nothing was taken. */
export function addMediaRequests(
  { kind, space, id }: MediaOwner,
  media: readonly AddedMedia[],
  files: readonly MediaBytes[],
): SaveRequest[] {
  if (media.length === 0) return [];
  const name = kind === 'ticket' ? 'ticket.addMedia' : 'claim.addMedia';
  return [{ space, name, v: 1, args: { id, media }, about: { kind, id }, media: files }];
}
