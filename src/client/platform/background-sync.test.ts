// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import type { SyncStatus, UploadHold } from '../../sync/engine-api.ts';
import { SEND_TAG } from '../service-worker/send-tag.ts';
import { askForBackgroundSync } from './background-sync.ts';

const register = vi.fn((_tag: string) => Promise.resolve());
const container = { getRegistration: () => Promise.resolve({ sync: { register } }) };
Object.defineProperty(navigator, 'serviceWorker', { value: container, configurable: true });

let visibility: DocumentVisibilityState = 'visible';
Object.defineProperty(document, 'visibilityState', { get: () => visibility, configurable: true });

/** An engine as far as it tells how it stands. */
function standing() {
  let status = { phase: 'idle', waiting: 0 } as SyncStatus;
  const listeners = new Set<(status: SyncStatus) => void>();
  return {
    engine: {
      status: () => status,
      onStatus: (listener: (status: SyncStatus) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    async is(phase: SyncStatus['phase'], waiting: number, photos = 0, hold: UploadHold | null = null): Promise<void> {
      const media = { waiting: photos, sounds: 0, bytes: 9, sent: 0, hold };
      const { media: _, ...rest } = status;
      status = { ...rest, phase, waiting, ...(photos > 0 && { media }) };
      for (const listener of listeners) listener(status);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

async function hide(): Promise<void> {
  visibility = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  await new Promise((resolve) => setTimeout(resolve));
}

afterEach(() => {
  register.mockClear();
  visibility = 'visible';
});

test('BS1: the browser is asked once for what did not get out, and again for what is saved after it', async () => {
  const { engine, is } = standing();
  const stop = askForBackgroundSync(engine);
  await is('syncing', 1);
  expect(register).not.toHaveBeenCalled();
  await is('offline', 1);
  await is('offline', 1);
  expect(register.mock.calls).toEqual([[SEND_TAG]]);
  await is('offline', 2);
  expect(register).toHaveBeenCalledTimes(2);
  await is('idle', 0);
  await is('offline', 0);
  expect(register).toHaveBeenCalledTimes(2);
  stop();
  await is('offline', 5);
  expect(register).toHaveBeenCalledTimes(2);
});

test('BS1: it is asked when the page goes out of sight with something that waits, and only then', async () => {
  const { engine, is } = standing();
  const stop = askForBackgroundSync(engine);
  await hide();
  expect(register).not.toHaveBeenCalled();
  await is('syncing', 3);
  await hide();
  expect(register).toHaveBeenCalledTimes(1);
  stop();
  await hide();
  expect(register).toHaveBeenCalledTimes(1);
});

test('BS1: photos that wait alone are a reason too, unless their owner holds them back', async () => {
  const { engine, is } = standing();
  const stop = askForBackgroundSync(engine);
  await is('offline', 0, 2, 'paused');
  await is('offline', 0, 2, 'wifi');
  await hide();
  expect(register).not.toHaveBeenCalled();
  await is('offline', 0, 2);
  await is('offline', 0, 2);
  expect(register).toHaveBeenCalledTimes(1);
  await is('idle', 0, 1);
  await hide();
  expect(register).toHaveBeenCalledTimes(2);
  stop();
});
