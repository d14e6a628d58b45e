// @vitest-environment jsdom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick, type EffectScope } from 'vue';
import type { DraftStore } from '../db/open-draft-store.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import { useSession } from '../stores/session.ts';
import { hasOpenForm } from './open-forms.ts';
import { useDraft } from './use-draft.ts';

let kept: Map<string, unknown>;
let scope: EffectScope;

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
  kept = new Map();
  scope = effectScope();
  const drafts: DraftStore = {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
    close: () => undefined,
  };
  // The draft store is all that a draft touches; no engine runs here.
  useSession().opened = { engine: null as unknown as SyncEngine, drafts, close: async () => undefined };
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

const open = (key = 'log') => {
  const opened = scope.run(() =>
    useDraft(
      () => key,
      () => ({ text: '' }),
    ),
  );
  if (!opened) throw new Error('the scope has ended');
  return opened;
};

test('what is typed is on the phone within a second', async () => {
  const { draft } = open();

  draft.value.text = '声控灯坏了';
  await vi.advanceTimersByTimeAsync(1000);

  expect(kept.get('log')).toEqual({ text: '声控灯坏了' });
});

test('hiding the page saves at once', async () => {
  const { draft } = open();

  draft.value.text = '声控灯坏了';
  window.dispatchEvent(new Event('pagehide'));
  await nextTick();

  expect(kept.get('log')).toEqual({ text: '声控灯坏了' });
});

test('a draft from before comes back, and says so', async () => {
  kept.set('log', { text: '上次写的' });

  const { draft, restored } = open();
  await vi.advanceTimersByTimeAsync(0);

  expect(draft.value).toEqual({ text: '上次写的' });
  expect(restored.value).toBe(true);
});

test('clearing takes it off the phone and out of the form', async () => {
  kept.set('log', { text: '上次写的' });
  const { draft, clear } = open();
  await vi.advanceTimersByTimeAsync(0);

  await clear();
  await vi.advanceTimersByTimeAsync(1000);

  expect(draft.value).toEqual({ text: '' });
  expect(kept.has('log')).toBe(false);
});

test('a form with something in it is open; an empty or a closed one is not', async () => {
  const { draft } = open();
  expect(hasOpenForm.value).toBe(false);

  draft.value.text = '字';
  await nextTick();
  expect(hasOpenForm.value).toBe(true);

  scope.stop();
  expect(hasOpenForm.value).toBe(false);
});
