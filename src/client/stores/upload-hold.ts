import { watch } from 'vue';
import type { UploadHold } from '../../sync/engine-api.ts';
import { usePreferences } from './preferences.ts';

/** What a browser knows of its line; Safari and Firefox say nothing. */
interface Connection extends EventTarget {
  type?: string;
}

const connection = (): Connection | undefined => (navigator as Navigator & { connection?: Connection }).connection;

const PAID: readonly string[] = ['cellular', 'wimax'];

/** Where it is false nothing waits for Wi-Fi, whatever was chosen: the page in 我的 says so. */
export const knowsWifi = (): boolean => connection()?.type !== undefined;

/** Why no photo may go now, as this phone's owner has it. */
export function uploadHold(): UploadHold | null {
  const { photosPaused, photosOverWifi } = usePreferences();
  if (photosPaused) return 'paused';
  return photosOverWifi && PAID.includes(connection()?.type ?? '') ? 'wifi' : null;
}

/** The line has changed, or what its owner chose, in whichever tab. */
export function onHoldChange(listener: () => void): () => void {
  const line = connection();
  const preferences = usePreferences();
  const stopWatching = watch(() => [preferences.photosPaused, preferences.photosOverWifi], listener);
  line?.addEventListener('change', listener);
  return () => {
    stopWatching();
    line?.removeEventListener('change', listener);
  };
}
