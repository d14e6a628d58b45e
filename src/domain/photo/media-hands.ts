import type { MediaHand, MediaRef } from './media.ts';

/** Everybody who put it there: the bytes may come from any of them. */
export const handsOf = ({ byId, byName, byRole, alsoBy = [] }: MediaRef): readonly MediaHand[] => [
  { byId, byName, byRole },
  ...alsoBy,
];

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

/** Without this hand; null where nobody else put it there. */
export function withoutHand(one: MediaRef, memberId: string): MediaRef | null {
  const [first, ...others] = handsOf(one).filter((hand) => !isOf(memberId)(hand));
  if (first === undefined) return null;
  const { alsoBy: _, ...rest } = one;
  return { ...rest, ...first, ...(others.length > 0 && { alsoBy: others }) };
}
