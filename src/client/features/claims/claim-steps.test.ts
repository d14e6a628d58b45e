import { expect, test } from 'vitest';
import { isOpen, telLink } from './claim-steps.ts';

test('a claim is open until it is fulfilled or ended', () => {
  expect(['active', 'inProgress'].every((state) => isOpen(state as 'active'))).toBe(true);
  const ended = ['fulfilled', 'confirmed', 'released', 'expired', 'takenBack'];
  expect(ended.some((state) => isOpen(state as 'active'))).toBe(false);
});

test('the dialler gets figures and a leading plus only', () => {
  expect(telLink('+86 138-0571 2345')).toBe('tel:+8613805712345');
});
