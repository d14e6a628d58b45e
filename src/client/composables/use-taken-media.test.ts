// @vitest-environment jsdom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { bytesOf } from '../../../tests/support/photo-bytes.ts';
import { mediaOfBytes } from '../../../tests/support/photo-phone.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import { StorageFull } from '../../sync/ports.ts';
import { useSession } from '../stores/session.ts';
import { hasOpenForm } from './open-forms.ts';
import { useTakenMedia } from './use-taken-media.ts';

const PHOTO = bytesOf('stairs', 300);
let scope: EffectScope;

beforeEach(() => {
  setActivePinia(createPinia());
  scope = effectScope();
  const drafts = {
    get: () => Promise.resolve(undefined),
    put: () => Promise.reject(new StorageFull('full')),
    remove: () => Promise.resolve(),
    keys: () => Promise.resolve([]),
    forget: async () => undefined,
    takeAgain: () => undefined,
    onForgotten: () => () => undefined,
    close: () => undefined,
  };
  // The draft store is all that is touched; no engine runs here.
  useSession().opened = { engine: null as unknown as SyncEngine, drafts, close: async () => undefined };
});
afterEach(() => {
  scope.stop();
});

test('what a full phone does not keep as a draft stays in the form, which says so and counts as open', async () => {
  const form = scope.run(() => useTakenMedia(() => 'log', 'logged'));
  if (!form) throw new Error('the scope has ended');
  const { sha, type, bytes } = PHOTO;
  const one = { media: mediaOfBytes(PHOTO, 'logged'), files: [{ sha, type, bytes: Uint8Array.from(bytes).buffer }] };
  await form.keep(one);
  expect(form.fault.value).toBe('unkept');
  expect(form.args.value).toEqual([one.media]);
  expect(form.files.value).toHaveLength(1);
  expect(hasOpenForm.value).toBe(true);
});
