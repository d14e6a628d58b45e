import { indexes } from '../../domain/record/indexes.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import type { PhotoDependencies } from '../../sync/engine-dependencies.ts';
import { isBrought } from '../../sync/kept-media.ts';
import type { MediaRow, OutboxStore } from '../../sync/outbox-port.ts';
import { buildName } from '../build.ts';
import { readKept } from '../db/account-store.ts';
import { openCacheStore } from '../db/open-cache-store.ts';
import { openDraftStore } from '../db/open-draft-store.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';
import { holdBy } from '../photos/hold-by.ts';
import { browserWorld } from '../stores/browser-world.ts';
import { createFetchPhotoTransport } from '../transport/fetch-photo-transport.ts';
import { forgetSeenPhotos } from '../transport/forget-seen-photos.ts';
import { choiceHere } from './choice-here.ts';
import { bringWaiting, bytesLeft } from './bring-waiting.ts';
import { memberHere } from './member-here.ts';

/** So often it is looked whether somebody has signed out, or holds photos back, while they are on their way. */
const LOOK_EVERY_MS = 2_000;

/** Rejects where something still waits that a later try may bring: the browser then wakes the worker again. */
export async function sendWaiting(): Promise<void> {
  let kept = await readKept();
  const memberId = memberHere(kept);
  if (memberId === null) return;
  const look = setInterval(() => {
    readKept().then(
      (now) => (kept = now),
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  const photos: PhotoDependencies = {
    transport: createFetchPhotoTransport(memberId),
    hold: () => (memberHere(kept) === memberId ? holdBy(choiceHere(kept)) : 'paused'),
    forgetSeen: () => forgetSeenPhotos(),
  };
  const outbox = await openOutboxStore(memberId, () => browserIds.mutation());
  try {
    const rows = await outbox.all();
    const textWaits = rows.some((row) => row.settledAt === null && row.asideAt === null);
    if (textWaits || (photos.hold() === null && (await outbox.media()).some(mayWait))) {
      await runPass(memberId, outbox, photos);
    }
  } finally {
    clearInterval(look);
    outbox.close();
  }
}

const mayWait = (row: MediaRow): boolean => row.refused === null && row.asideAt === null && !isBrought(row);

/** One pass and one over photos, as a tab runs them and under the same locks [BS1]. Nobody looks at a view here: nothing is folded. */
async function runPass(memberId: string, outbox: OutboxStore, photos: PhotoDependencies): Promise<void> {
  const cache = await openCacheStore(memberId, { build: buildName, indexes });
  const drafts = await openDraftStore(memberId);
  try {
    const engine = await createSyncEngine({
      memberId,
      build: buildName,
      outbox,
      cache,
      ...browserWorld(buildName),
      mutators: new Map(),
      photos,
      drafts,
    });
    await engine.syncNow();
    await bringWaiting(engine);
    const { waiting, phase } = engine.status();
    const isLeft = waiting > 0 || bytesLeft(engine) > 0;
    await engine.stop();
    if (isLeft && (phase === 'offline' || phase === 'idle')) throw new Error('something still waits');
  } finally {
    cache.close();
    drafts.close();
  }
}
