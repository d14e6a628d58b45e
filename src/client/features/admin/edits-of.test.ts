import { expect, test } from 'vitest';
import { editsOf } from './edits-of.ts';

const seen = { name: '清泰门社区', phone: '' };

test('only what changed is an edit, with what it was', () => {
  expect(editsOf(seen, { name: ' 清泰门社区 ', phone: ' 0571-5550 0101' })).toEqual({
    phone: { from: '', to: '0571-5550 0101' },
  });
});

test('nothing changed is no edit', () => {
  expect(editsOf(seen, { ...seen })).toBeNull();
});
