import { mutators } from '../../domain/mutation/mutators.ts';
import { indexes } from '../../domain/record/indexes.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import type { FirstScreenDependencies } from '../../sync/engine-dependencies.ts';
import { dropBrought } from '../../sync/kept-media.ts';
import { noteSignIn } from '../../sync/note-sign-in.ts';
import { buildName } from '../build.ts';
import { deleteCache, openCacheStore } from '../db/open-cache-store.ts';
import { openDraftStore } from '../db/open-draft-store.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { startPageWorker } from '../lines/start-page-worker.ts';
import { askForBackgroundSync } from '../platform/background-sync.ts';
import { browserIds } from '../platform/browser-ids.ts';
import { createFetchPhotoTransport } from '../transport/fetch-photo-transport.ts';
import { forgetSeenPhotos } from '../transport/forget-seen-photos.ts';
import { listenToPokes } from '../transport/poke-stream.ts';
import { browserWorld } from './browser-world.ts';
import { watchWaiting } from './gone-from-phone.ts';
import { onHoldChange, uploadHold } from './upload-hold.ts';
import type { OpenedEngine } from './session.ts';

export interface OpeningOptions {
  afterSignIn: boolean;
  /** The page begins with the screen with which the application begins. */
  firstScreen?: FirstScreenDependencies;
}

/** Opens a member's databases, puts the engine on them and begins to sync: at start, when seen, when online, when poked. */
export async function openEngine(
  memberId: string,
  { afterSignIn, firstScreen }: OpeningOptions,
): Promise<OpenedEngine> {
  const [outbox, cache, drafts] = await Promise.all([
    openOutboxStore(memberId, () => browserIds.mutation()),
    openCacheStore(memberId, { build: buildName, indexes }),
    openDraftStore(memberId),
  ]);
  if (afterSignIn) await noteSignIn({ outbox, ids: browserIds });
  const engine = await createSyncEngine({
    memberId,
    build: buildName,
    outbox,
    cache,
    ...browserWorld(buildName, startPageWorker),
    mutators,
    photos: { transport: createFetchPhotoTransport(memberId), hold: uploadHold, forgetSeen: () => forgetSeenPhotos() },
    drafts,
    ...(firstScreen && { firstScreen }),
  });

  const syncNow = (): void => {
    if (document.visibilityState === 'visible') void engine.syncNow().then(() => engine.media.uploadNow());
  };
  window.addEventListener('online', syncNow);
  document.addEventListener('visibilitychange', syncNow);
  const stopPokes = listenToPokes(memberId, ({ space, ver }) => engine.poked(space, ver), engine.isRevoked);
  const stopHold = onHoldChange(() => void engine.media.uploadNow());
  const stopAsking = askForBackgroundSync(engine);
  const stopNoting = watchWaiting(engine, outbox, memberId);
  engine.start();

  return {
    engine,
    drafts,
    async close({ forgetCache = false } = {}) {
      window.removeEventListener('online', syncNow);
      document.removeEventListener('visibilitychange', syncNow);
      stopPokes();
      stopAsking();
      stopHold();
      stopNoting();
      await engine.stop();
      // Telling the other tabs as well; the outbox and the drafts stay, but not the photos that the server has [PH13].
      if (forgetCache) await Promise.all([cache.clear(), dropBrought(outbox, engine.waiting())]);
      outbox.close();
      cache.close();
      drafts.close();
      if (forgetCache) await deleteCache(memberId);
    },
  };
}
