import { expect, test } from 'vitest';
import type { MediaStatus, SyncPhase, SyncStatus, UploadHold } from '../../sync/engine-api.ts';
import { bringWaiting } from './bring-waiting.ts';

/** An engine of which each pass over photos leaves so many bytes. */
function leaving(passes: readonly number[], phase: SyncPhase = 'idle', hold: UploadHold | null = null) {
  const done: string[] = [];
  const left = [900, ...passes];
  const mediaNow = (): { media?: MediaStatus } => {
    const [bytes = 0] = left;
    return bytes === 0 ? {} : { media: { waiting: 1, sounds: 0, bytes, sent: 0, hold } };
  };
  const run = (what: string) => () => {
    done.push(what);
    if (what === 'photos') left.shift();
    return Promise.resolve();
  };
  const status = (): SyncStatus => ({ phase, waiting: 0, ...mediaNow() }) as SyncStatus;
  const media = { uploadNow: run('photos') } as unknown as Parameters<typeof bringWaiting>[0]['media'];
  return { done, engine: { status, media, syncNow: run('text') } };
}

test.each<[string, number[], string[]]>([
  ['all in one pass', [0], ['photos', 'text']],
  ['all in three', [600, 300, 0], ['photos', 'photos', 'photos', 'text']],
  ['one that nothing gets through any more', [600, 600, 0], ['photos', 'photos']],
])('BS1: %s: it goes on while bytes move, and tells the server once none waits', async (_how, passes, expected) => {
  const { engine, done } = leaving(passes);
  await bringWaiting(engine);
  expect(done).toEqual(expected);
});

test.each<[SyncPhase, UploadHold | null]>([
  ['otherMember', null],
  ['offline', null],
  ['signedOut', null],
  ['idle', 'paused'],
  ['idle', 'wifi'],
])('BS1: %s, held: %s: no photo goes', async (phase, hold) => {
  const { engine, done } = leaving([0], phase, hold);
  await bringWaiting(engine);
  expect(done).toEqual([]);
});
