import type { UploadHold } from '../../sync/engine-api.ts';
import { isPaidLine } from '../platform/line.ts';

/** What this phone's owner chose for photos. */
export interface PhotoChoice {
  photosPaused: boolean;
  photosOverWifi: boolean;
}

/** Why no photo may go now, over the line as it is. */
export function holdBy({ photosPaused, photosOverWifi }: PhotoChoice): UploadHold | null {
  if (photosPaused) return 'paused';
  return photosOverWifi && isPaidLine() ? 'wifi' : null;
}
