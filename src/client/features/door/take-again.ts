import type { AddedMedia } from '../../../domain/photo/media-args.ts';
import type { MediaBytes, MediaQueue } from '../../../sync/engine-api.ts';
import type { TakenMedia } from '../../photos/taken-media.ts';

/** A photo of a refused record, as it was taken; null where its bytes do not lie here any more. */
export async function takeAgain(queue: Pick<MediaQueue, 'bytes'>, media: AddedMedia): Promise<TakenMedia | null> {
  const named = media.kind === 'photo' && media.thumb ? [media.thumb, media] : [media];
  const files: MediaBytes[] = [];
  for (const { sha, type } of named) {
    const bytes = await queue.bytes(sha);
    if (bytes === null) return null;
    files.push({ sha, type, bytes });
  }
  return { media, files };
}
