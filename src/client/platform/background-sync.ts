import type { SyncEngine } from '../../sync/engine-api.ts';
import { SEND_TAG } from '../service-worker/send-tag.ts';

/** Chromium's; in no library because no other browser has it. */
interface SyncingRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

async function ask(): Promise<void> {
  const registration: SyncingRegistration | undefined = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(SEND_TAG);
}

/**
 * Asks the browser to wake the worker once there is a network: after a save that did not get out, and when the page
 * goes out of sight with something that waits [BS1]. Where it refuses, the next start sends it as always.
 */
export function askForBackgroundSync(engine: Pick<SyncEngine, 'status' | 'onStatus'>): () => void {
  let askedFor = 0;
  const look = (hidden: boolean): void => {
    const { waiting: text, media, phase } = engine.status();
    const waiting = text + (media?.hold === null ? media.waiting : 0);
    if (waiting === 0) askedFor = 0;
    if (waiting === 0 || (!hidden && (phase !== 'offline' || waiting === askedFor))) return;
    askedFor = waiting;
    ask().catch(() => undefined);
  };
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') look(true);
  };
  document.addEventListener('visibilitychange', onHide);
  const forget = engine.onStatus(() => {
    look(false);
  });
  return () => {
    document.removeEventListener('visibilitychange', onHide);
    forget();
  };
}
