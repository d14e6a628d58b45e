import type { MutationContext } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { PHOTO_LIMIT, SOUND_LIMIT, type MediaRef } from './media.ts';
import type { AddedMedia } from './media-args.ts';
import { withMedia } from './media-hands.ts';

/** As whom one adds: the claimer's hand is counted apart from those of the grid. */
type Hand = MediaRef['byRole'];

const sameHand = (a: Hand, b: Hand): boolean => (a === 'claimer') === (b === 'claimer');

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
  const ours = all.filter((one) => sameHand(one.byRole, byRole));
  const count = (kind: MediaRef['kind'], some: readonly MediaRef[]) => some.filter((one) => one.kind === kind).length;
  refuseUnless(count('photo', ours) <= PHOTO_LIMIT, 'photosFull', { limit: PHOTO_LIMIT });
  refuseUnless(count('sound', ours) <= SOUND_LIMIT, 'soundsFull', { limit: SOUND_LIMIT });
  return all;
}
