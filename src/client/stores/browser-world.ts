import { indexes } from '../../domain/record/indexes.ts';
import { canInflate } from '../lines/inflate.ts';
import { createPageMaker } from '../lines/page-maker.ts';
import { browserClock } from '../platform/browser-clock.ts';
import { browserIds } from '../platform/browser-ids.ts';
import { browserLocks } from '../platform/browser-locks.ts';
import { createFetchSyncTransport } from '../transport/fetch-sync-transport.ts';

/** What the engine has of a browser, in a tab and in the worker alike. */
export const browserWorld = (build: string, startWorker?: () => Worker) => ({
  transport: createFetchSyncTransport(
    '',
    undefined,
    canInflate() ? createPageMaker({ build, indexes }, startWorker) : undefined,
  ),
  clock: browserClock,
  ids: browserIds,
  locks: browserLocks,
  indexes,
});
