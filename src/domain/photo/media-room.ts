import { PHOTO_LIMIT, SOUND_LIMIT, type MediaRef } from './media.ts';
import type { AddedMedia } from './media-args.ts';

/** How many more are taken; below nothing where there are too many. */
export interface MediaRoom {
  photos: number;
  sounds: number;
}

/** As whom one adds: the claimer's hand is counted apart from those of the grid. */
export type Hand = MediaRef['byRole'];

const sameHand = (a: Hand, b: Hand): boolean => (a === 'claimer') === (b === 'claimer');

/** What a record still takes from whoever adds as this, once these have come: each hash counts once. */
export function roomLeft(there: readonly MediaRef[], coming: readonly AddedMedia[], byRole: Hand): MediaRoom {
  const known = new Set(there.map(({ sha }) => sha));
  const fresh = new Map(coming.filter(({ sha }) => !known.has(sha)).map((one) => [one.sha, one]));
  const counted = [...there.filter((one) => sameHand(one.byRole, byRole)), ...fresh.values()];
  const count = (kind: MediaRef['kind']): number => counted.filter((one) => one.kind === kind).length;
  return { photos: PHOTO_LIMIT - count('photo'), sounds: SOUND_LIMIT - count('sound') };
}
