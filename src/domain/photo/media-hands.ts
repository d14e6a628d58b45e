import type { MediaHand, MediaRef } from './media.ts';

/** Everybody who put it there, each with what they said of it. */
export function handsOf(one: MediaRef): readonly MediaHand[] {
  const { byId, byName, byRole, stage, takenAt, alsoBy = [] } = one;
  const first = { byId, byName, byRole, stage, takenAt };
  return [one.kind === 'photo' ? { ...first, thumb: one.thumb } : first, ...alsoBy];
}

/** Of whom these bytes of it may come: each vouches for the thumbnail that they named themselves, and for no other. */
export const handsFor = (one: MediaRef, sha: string): readonly MediaHand[] =>
  one.sha === sha ? handsOf(one) : handsOf(one).filter(({ thumb }) => thumb?.sha === sha);

const isOf = (memberId: string) => (hand: MediaHand) => hand.byId === memberId;

export const isByHand = (one: MediaRef, memberId: string): boolean => handsOf(one).some(isOf(memberId));

/** What is there with one that comes: the same bytes stand there once, by every hand that put them there. */
export function withMedia(there: readonly MediaRef[], coming: MediaRef): readonly MediaRef[] {
  const standing = there.find(({ sha }) => sha === coming.sha);
  if (standing === undefined) return [...there, coming];
  const others = handsOf(coming).filter(({ byId }) => !isByHand(standing, byId));
  if (others.length === 0) return there;
  const both = { ...standing, alsoBy: [...(standing.alsoBy ?? []), ...others] };
  return there.map((one) => (one === standing ? both : one));
}

/** Without this hand, as the next one said it; null where nobody else put it there. */
export function withoutHand(one: MediaRef, memberId: string): MediaRef | null {
  const [first, ...others] = handsOf(one).filter((hand) => !isOf(memberId)(hand));
  if (first === undefined) return null;
  const { alsoBy: _, ...rest } = one;
  const also = others.length > 0 ? { alsoBy: others } : {};
  const { thumb = null, ...said } = first;
  return rest.kind === 'photo' ? { ...rest, ...said, thumb, ...also } : { ...rest, ...said, ...also };
}
