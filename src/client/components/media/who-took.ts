import { handsOf } from '../../../domain/photo/media-hands.ts';
import type { MediaRef } from '../../../domain/photo/media.ts';

/** Everybody by name who put it there. */
export const whoTook = (one: MediaRef): string =>
  handsOf(one)
    .map(({ byName }) => byName)
    .join('、');
