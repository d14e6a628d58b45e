import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLogger } from '../logger.ts';
import { keepHistory } from './keep-history.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that stands until it is told how it ends. */
function held() {
  const done: string[] = [];
  let settle: { resolve: () => void; reject: (error: Error) => void };
  const keep = () => {
    done.push('keep');
    return new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });
  };
  const end = () => {
    done.push('end');
    return Promise.reject(new Error('no room'));
  };
  return {
    done,
    keeping: keepHistory({ keep, end }, createLogger('silent')),
    finish: () => {
      settle.resolve();
    },
    fail: () => {
      settle.reject(new Error('away'));
    },
  };
}

test('it is done every ten seconds, one at a time however often it is asked for, and once more at the end', async () => {
  const { done, keeping, finish } = held();
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
  keeping.soon();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toEqual(['keep', 'keep', 'end']);
});

test('where it fails it is tried again a second later, until it comes through', async () => {
  const { done, keeping, fail, finish } = held();
  keeping.soon();
  for (let n = 0; n < 3; n++) {
    fail();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(done).toHaveLength(4);
  finish();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(done).toHaveLength(4);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(done).toHaveLength(5);
});
