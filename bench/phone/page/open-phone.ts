import { openCacheStore } from '../../../src/client/db/open-cache-store.ts';
import { openOutboxStore } from '../../../src/client/db/open-outbox-store.ts';
import { startPageWorker } from '../../../src/client/lines/start-page-worker.ts';
import { browserIds } from '../../../src/client/platform/browser-ids.ts';
import { painted } from '../../../src/client/platform/painted.ts';
import { browserWorld } from '../../../src/client/stores/browser-world.ts';
import { mutators } from '../../../src/domain/mutation/mutators.ts';
import { indexes } from '../../../src/domain/record/indexes.ts';
import { createSyncEngine } from '../../../src/sync/engine.ts';
import type { SyncEngine } from '../../../src/sync/engine-api.ts';

/** The engine as the application opens it, over the same stores, clock, locks and transport. */
export async function openPhone(memberId: string): Promise<SyncEngine> {
  const [outbox, cache] = await Promise.all([
    openOutboxStore(memberId, () => browserIds.mutation()),
    openCacheStore(memberId, { build: 'bench', indexes }),
  ]);
  return createSyncEngine({
    memberId,
    build: 'bench',
    outbox,
    cache,
    ...browserWorld('bench', startPageWorker),
    mutators,
    firstScreen: { painted: () => painted(Promise.resolve()) },
  });
}

/** Reads again with each change until what is asked for is there: a large space gives its bodies when asked. */
export function eventually<T>(engine: SyncEngine, read: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const tryOnce = (): boolean => {
      const found = read();
      if (found === undefined) return false;
      resolve(found);
      return true;
    };
    if (tryOnce()) return;
    const stop = engine.view.onChange(() => {
      if (tryOnce()) stop();
    });
  });
}
