// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { useOpenForm } from '../composables/open-forms.ts';
import { reloadOnMissingPiece } from './reload-on-missing-piece.ts';

const reload = vi.fn();
let now = 1_000_000;
reloadOnMissingPiece(() => now, reload);

const missPiece = () => window.dispatchEvent(new Event('vite:preloadError', { cancelable: true }));

beforeEach(() => localStorage.clear());
afterEach(() => reload.mockReset());

test('a missing piece loads the page again, once', () => {
  missPiece();
  missPiece();

  expect(reload).toHaveBeenCalledOnce();
});

test('a while later it may load again', () => {
  missPiece();
  now += 61_000;
  missPiece();

  expect(reload).toHaveBeenCalledTimes(2);
});

test('never over an open form', async () => {
  now += 61_000;
  const scope = effectScope();
  scope.run(() => useOpenForm(true));
  await nextTick();

  missPiece();
  scope.stop();

  expect(reload).not.toHaveBeenCalled();
});
