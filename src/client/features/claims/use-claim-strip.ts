import type { ClaimView } from '../../../domain/claim/claim-view.ts';
import { wallSpace } from '../../../domain/space/space.ts';
import { usePhotoStrip, type PhotoStrip } from '../../composables/use-photo-strip.ts';
import { useRecord } from '../../composables/use-view.ts';

/** Where it is as the wall tells it: the claim's own address names the door, and the slip is not the claimer's to see. */
export function useClaimStrip(claim: () => ClaimView): PhotoStrip {
  const card = useRecord(
    () => wallSpace(claim().communityId),
    'card',
    () => claim().cardId,
  );
  return usePhotoStrip(() => ({ where: card.value?.data.where ?? '' }));
}
