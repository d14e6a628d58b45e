import type { MutationContext } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { PHOTO_LIMIT, SOUND_LIMIT, type MediaRef } from './media.ts';
import type { AddedMedia } from './media-args.ts';
import { withMedia } from './media-hands.ts';
import { roomLeft, type Hand } from './media-room.ts';

/**
 * What is there with what comes, each hash once. Refuses where all of it is there already by this member, and where the
 * hand that adds is full: nobody's photo pushes out another's.
 */
export function withAdded(
  there: readonly MediaRef[],
  added: readonly AddedMedia[],
  byRole: Hand,
  { actor }: MutationContext,
): readonly MediaRef[] {
  const hand = { byId: actor.id, byName: actor.name, byRole, forResident: false };
  const all = added.reduce<readonly MediaRef[]>((media, one) => withMedia(media, { ...one, ...hand }), there);
  refuseUnless(all !== there, 'exists');
  const left = roomLeft(all, [], byRole);
  refuseUnless(left.photos >= 0, 'photosFull', { limit: PHOTO_LIMIT });
  refuseUnless(left.sounds >= 0, 'soundsFull', { limit: SOUND_LIMIT });
  return all;
}
