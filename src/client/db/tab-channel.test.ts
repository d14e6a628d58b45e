import { expect, test } from 'vitest';
import { openTabChannel } from './tab-channel.ts';

test('a write that ends after its tab has closed the store tells nobody, and does not fail for it', () => {
  const channel = openTabChannel<'written'>('closed');
  channel.close();
  expect(() => {
    channel.tell('written');
  }).not.toThrow();
});
