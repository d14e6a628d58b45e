import { expect, test } from 'vitest';
import { telLink } from './claim-steps.ts';

test('the dialler gets figures and a leading plus only', () => {
  expect(telLink('+86 138-0571 2345')).toBe('tel:+8613805712345');
});
