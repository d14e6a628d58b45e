import { expect, test } from 'vitest';
import { isShot } from './is-shot.ts';

const OPENED = 1_790_000_000_000;

test('only what is no older than the opening of the camera was shot with it', () => {
  expect(isShot({ lastModified: OPENED + 5_000 }, OPENED)).toBe(true);
  expect(isShot({ lastModified: OPENED - 1_500 }, OPENED)).toBe(true);
  expect(isShot({ lastModified: OPENED - 86_400_000 }, OPENED)).toBe(false);
});

test('what comes from the album is not, however new its file', () => {
  expect(isShot({ lastModified: Date.now() }, null)).toBe(false);
});
