import type { Made } from './log-form.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** What one matter's records are called in a test: the four ids after `before`. */
export const madeAfter = (before: number): Made => ({
  ticket: id(before + 1),
  visit: id(before + 2),
  contact: id(before + 3),
  slip: id(before + 4),
  slipCode: '0000000000',
  pin: '0042',
});
