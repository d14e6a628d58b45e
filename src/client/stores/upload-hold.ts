import { watch } from 'vue';
import type { UploadHold } from '../../sync/engine-api.ts';
import { holdBy } from '../photos/hold-by.ts';
import { line } from '../platform/line.ts';
import { usePreferences } from './preferences.ts';

/** Why no photo may go now, as this phone's owner has it. */
export const uploadHold = (): UploadHold | null => holdBy(usePreferences());

/** The line has changed, or what its owner chose, in whichever tab. */
export function onHoldChange(listener: () => void): () => void {
  const ours = line();
  const preferences = usePreferences();
  const stopWatching = watch(() => [preferences.photosPaused, preferences.photosOverWifi], listener);
  ours?.addEventListener('change', listener);
  return () => {
    stopWatching();
    ours?.removeEventListener('change', listener);
  };
}
