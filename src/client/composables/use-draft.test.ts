// @vitest-environment jsdom
import { createPinia, setActivePinia, type Pinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineComponent, nextTick } from 'vue';
import type { VueWrapper } from '@vue/test-utils';
import { createMessages } from '../../i18n/create-i18n.ts';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import { DraftsForgotten, type DraftStore } from '../db/open-draft-store.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import { StorageFull } from '../../sync/outbox-port.ts';
import { useSession } from '../stores/session.ts';
import { hasOpenForm } from './open-forms.ts';
import { useDraft } from './use-draft.ts';
import { useToast } from './use-toast.ts';

let kept: Map<string, unknown>;
let pinia: Pinia;
let pages: VueWrapper[];
let isFull: boolean;
let isForgotten: boolean;
let forgotten: Set<() => void>;

beforeEach(() => {
  vi.useFakeTimers();
  pinia = createPinia();
  setActivePinia(pinia);
  kept = new Map();
  pages = [];
  isFull = false;
  isForgotten = false;
  forgotten = new Set();
  const drafts: DraftStore = {
    get: async (key) => kept.get(key),
    put: async (key, value) => {
      if (isFull) throw new StorageFull('full');
      if (isForgotten) throw new DraftsForgotten('no draft is taken');
      kept.set(key, value);
    },
    remove: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
    forget: async () => {
      isForgotten = true;
      kept.clear();
      for (const listener of forgotten) listener();
    },
    takeAgain: () => undefined,
    onForgotten: (listener) => {
      forgotten.add(listener);
      return () => forgotten.delete(listener);
    },
    close: () => undefined,
  };
  // The draft store is all that a draft touches; no engine runs here.
  useSession().opened = { engine: null as unknown as SyncEngine, drafts, close: async () => undefined };
});

afterEach(() => {
  leave();
  vi.useRealTimers();
});

const leave = (): void => {
  for (const page of pages.splice(0)) page.unmount();
};

const open = (key = 'log') => {
  let opened: ReturnType<typeof useDraft<{ text: string }>> | undefined;
  const form = defineComponent({
    setup() {
      opened = useDraft(
        () => key,
        () => ({ text: '' }),
      );
      return () => null;
    },
  });
  pages.push(mountKit(form, { global: { plugins: [createMessages().i18n, pinia] } }));
  if (!opened) throw new Error('the form was not set up');
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

test('[RV1] a form is empty once the drafts were forgotten, and brings nothing back when it closes', async () => {
  const { draft } = open();
  draft.value.text = '赵阿姨 138';
  await vi.advanceTimersByTimeAsync(1000);
  draft.value.text = '赵阿姨 13800000000';

  await useSession().drafts?.forget(null);
  window.dispatchEvent(new Event('pagehide'));
  await vi.advanceTimersByTimeAsync(1000);

  expect(draft.value).toEqual({ text: '' });
  leave();
  expect(kept.size).toBe(0);
  expect(forgotten.size).toBe(0);
});

test('[RV1] a draft that is still being read when the drafts are forgotten does not come back', async () => {
  kept.set('log', { text: '赵阿姨 138' });

  const { draft, restored } = open();
  await useSession().drafts?.forget(null);
  await vi.advanceTimersByTimeAsync(1000);

  expect(draft.value).toEqual({ text: '' });
  expect(restored.value).toBe(false);
  expect(kept.size).toBe(0);
});

test('[RV1] what is written after that is on the screen alone, which is told once', async () => {
  const { draft } = open();
  await useSession().drafts?.forget(null);
  for (const text of ['声控灯', '声控灯坏了']) {
    draft.value.text = text;
    await vi.advanceTimersByTimeAsync(1000);
  }

  expect(useToast().toasts.value.filter(({ text }) => text.includes('只在屏幕上'))).toHaveLength(1);
  expect(draft.value).toEqual({ text: '声控灯坏了' });
  expect(kept.size).toBe(0);
});

test('a form with something in it is open; an empty or a closed one is not', async () => {
  const { draft } = open();
  expect(hasOpenForm.value).toBe(false);

  draft.value.text = '字';
  await nextTick();
  expect(hasOpenForm.value).toBe(true);

  leave();
  expect(hasOpenForm.value).toBe(false);
});

test('a draft that a full phone does not take is told once, and kept as soon as there is room', async () => {
  isFull = true;
  const { draft } = open();
  draft.value.text = '声控灯坏了';
  await vi.advanceTimersByTimeAsync(1000);
  const told = () => useToast().toasts.value.filter(({ text }) => text.includes('只在屏幕上'));
  const [first] = told();
  expect(first?.tone).toBe('alarm');
  draft.value.text = '声控灯坏了，三天了';
  await vi.advanceTimersByTimeAsync(1000);
  expect(told().map(({ id }) => id)).toEqual([first?.id]);
  isFull = false;
  draft.value.text = '声控灯坏了，四天了';
  await vi.advanceTimersByTimeAsync(1000);
  expect(kept.get('log')).toEqual({ text: '声控灯坏了，四天了' });
});
