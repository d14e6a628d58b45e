import type { SyncEngine } from '../../sync/engine-api.ts';

/** A browser ends a worker that is at it for longer than a few minutes. */
const LONGEST_MS = 120_000;

/** Of photos that may go now. */
export function bytesLeft(engine: Pick<SyncEngine, 'status'>): number {
  const { media } = engine.status();
  return media === undefined || media.hold !== null ? 0 : media.bytes;
}

/**
 * Goes on as long as photos get through: one pass over them ends after a minute. Nothing goes where the pass before found no
 * network, or somebody else signed in. Once none waits the server is told, so that no coordinator waits for them.
 */
export async function bringWaiting(engine: Pick<SyncEngine, 'status' | 'syncNow' | 'media'>): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  const isWelcome = ['idle', 'revoked'].includes(engine.status().phase);
  let left = isWelcome ? bytesLeft(engine) : 0;
  if (left === 0) return;
  for (let before = Infinity; left > 0 && left < before && performance.now() < until;) {
    before = left;
    await engine.media.uploadNow();
    left = bytesLeft(engine);
  }
  if (engine.status().media === undefined) await engine.syncNow();
}
