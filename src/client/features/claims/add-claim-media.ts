import { memberSpace } from '../../../domain/space/space.ts';
import type { SaveRequest } from '../../../sync/engine-api.ts';
import type { PhotoPair } from '../../composables/use-photo-pair.ts';

/** The photos of a step of a claim, before the step itself; none where none was taken. */
export function addClaimMedia(memberId: string, id: string, { args, files }: PhotoPair): SaveRequest[] {
  if (args.value.length === 0) return [];
  return [
    {
      space: memberSpace(memberId),
      name: 'claim.addMedia',
      v: 1,
      args: { id, media: args.value },
      about: { kind: 'claimView', id },
      media: files.value,
    },
  ];
}
