import { oneAtATime, type OneAtATime } from './one-at-a-time.ts';
import type { PartialFiles } from './partial-files.ts';
import type { PhotoStore } from './photo-store.ts';

/** Where bytes are kept, and where those lie that are still coming. */
export interface Photos {
  store: PhotoStore;
  partials: PartialFiles;
  /** Whoever looks at or ends an upload does so one after the other. */
  inTurn: OneAtATime;
}

export const createPhotos = (store: PhotoStore, partials: PartialFiles): Photos => ({
  store,
  partials,
  inTurn: oneAtATime(),
});
