import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLogger } from '../logger.ts';
import { keepHistory } from './keep-history.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('it is done every ten seconds, one at a time however often it is asked for, and once more at the end', async () => {
  const done: string[] = [];
  let finish: () => void = () => undefined;
  const keeping = keepHistory(
    {
      keep: () => {
        done.push('keep');
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
      end: () => {
        done.push('end');
        return Promise.reject(new Error('no room'));
      },
    },
    createLogger('silent'),
  );
  await vi.advanceTimersByTimeAsync(35_000);
  keeping.soon();
  expect(done).toEqual(['keep']);
  finish();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(done).toEqual(['keep', 'keep']);

  const stopped = keeping.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(done).toEqual(['keep', 'keep']);
  finish();
  await stopped;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toEqual(['keep', 'keep', 'end']);
});
