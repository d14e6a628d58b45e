import { expect, test } from 'vitest';
import { closedKey, showPhone, telLink } from './claim-steps.ts';

test('the dialler gets figures and a leading plus only', () => {
  expect(telLink('+86 138-0571 2345')).toBe('tel:+8613805712345');
});

test('a mobile number is shown in groups, another as it was written', () => {
  expect(showPhone('13805712345')).toBe('138 0571 2345');
  expect(showPhone('138-0571-2345')).toBe('138 0571 2345');
  expect(showPhone('0571-8765 4321')).toBe('0571-8765 4321');
});

test('what the resident has confirmed is called met only where it was', () => {
  const of = (outcome: 'solved' | 'notSolvable', kind: 'wish' | 'issue', state: 'confirmed' | 'fulfilled') =>
    closedKey({ outcome, kind, state });
  expect(of('solved', 'wish', 'confirmed')).toBe('ticket.closed.wish.solved');
  expect(of('notSolvable', 'issue', 'confirmed')).toBe('ticket.closed.issue.notSolvable');
  expect(of('notSolvable', 'wish', 'fulfilled')).toBeNull();
});
