import type { ClaimView } from '../../../domain/claim/claim-view.ts';
import { mediaOf } from '../../../domain/photo/media-of.ts';
import { roomLeft } from '../../../domain/photo/media-room.ts';
import { usePhotoPair, type PhotoPair } from '../../composables/use-photo-pair.ts';
import { useClaimStrip } from './use-claim-strip.ts';

/** The photos of one step of a claim, as its claimer takes them. */
export const useClaimPair = (key: () => string, claim: () => ClaimView): PhotoPair =>
  usePhotoPair(key, {
    strip: useClaimStrip(claim),
    room: (coming) => roomLeft(mediaOf(claim()), coming, 'claimer'),
  });
