// @vitest-environment jsdom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { bytesOf } from '../../../tests/support/photo-bytes.ts';
import { mediaOfBytes } from '../../../tests/support/photo-phone.ts';
import { DraftsForgotten, type DraftStore } from '../db/open-draft-store.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import { StorageFull } from '../../sync/outbox-port.ts';
import { useSession } from '../stores/session.ts';
import { hasOpenForm } from './open-forms.ts';
import { useTakenMedia } from './use-taken-media.ts';

const PHOTO = bytesOf('stairs', 300);
const { sha, type, bytes } = PHOTO;
const ONE = { media: mediaOfBytes(PHOTO, 'logged'), files: [{ sha, type, bytes: Uint8Array.from(bytes).buffer }] };
let scope: EffectScope;
let kept: Map<string, unknown>;
let refuseWith: Error | null;
/** Until then nothing that was asked of the drafts is answered. */
let reading: Promise<void>;
let forgotten: Set<() => void>;

beforeEach(() => {
  setActivePinia(createPinia());
  scope = effectScope();
  kept = new Map();
  refuseWith = null;
  reading = Promise.resolve();
  forgotten = new Set();
  const drafts: DraftStore = {
    get: async (key) => {
      const value = kept.get(key);
      await reading;
      return value;
    },
    put: async (key, value) => {
      if (refuseWith) throw refuseWith;
      kept.set(key, value);
    },
    remove: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
    forget: async () => {
      refuseWith = new DraftsForgotten('no draft is taken');
      for (const listener of forgotten) listener();
      kept.clear();
    },
    takeAgain: () => undefined,
    onForgotten: (listener) => {
      forgotten.add(listener);
      return () => forgotten.delete(listener);
    },
    close: () => undefined,
  };
  // The draft store is all that is touched; no engine runs here.
  useSession().opened = { engine: null as unknown as SyncEngine, drafts, close: async () => undefined };
});
afterEach(() => {
  scope.stop();
});

const open = () => {
  const form = scope.run(() => useTakenMedia(() => 'log', 'logged'));
  if (!form) throw new Error('the scope has ended');
  return form;
};
const aMoment = () => new Promise((resolve) => setTimeout(resolve));

test('what a full phone does not keep as a draft stays in the form, which says so and counts as open', async () => {
  refuseWith = new StorageFull('full');
  const form = open();
  await form.keep(ONE);
  expect(form.fault.value).toBe('unkept');
  expect(form.args.value).toEqual([ONE.media]);
  expect(form.files.value).toHaveLength(1);
  expect(hasOpenForm.value).toBe(true);
});

test('[RV1] what was taken goes from the form once the drafts were forgotten', async () => {
  const form = open();
  await form.keep(ONE);
  expect(kept.size).toBe(1);

  await useSession().drafts?.forget(null);
  expect(form.taken.value).toEqual([]);
  expect(hasOpenForm.value).toBe(false);
  scope.stop();
  expect(forgotten.size).toBe(0);
});

test('[RV1] nor does it come back where it was being read, made small or kept just then', async () => {
  kept.set(`media/log/${sha}`, ONE);
  const { promise, resolve } = Promise.withResolvers<void>();
  reading = promise;
  const form = open();
  await aMoment();
  await useSession().drafts?.forget(null);
  resolve();
  await aMoment();
  expect(form.taken.value).toEqual([]);

  refuseWith = null;
  const keeping = form.keep(ONE);
  const recording = form.addSound(new Blob([bytesOf('said', 300).bytes]), 'audio/webm', 3);
  await useSession().drafts?.forget(null);
  await Promise.all([keeping, recording]);
  expect(form.taken.value).toEqual([]);
  expect(form.fault.value).toBeNull();
});

test('[RV1] what is taken after that stands in the form alone, which says so', async () => {
  const form = open();
  await useSession().drafts?.forget(null);
  await form.keep(ONE);
  expect(form.fault.value).toBe('unkept');
  expect(form.args.value).toEqual([ONE.media]);
  expect(kept.size).toBe(0);
});
