import { expect, test } from 'vitest';
import { respondsAfterFinish, termEdits } from './term-form.ts';

const seen = { respond: { amount: 24, unit: 'hour' }, finish: { amount: 3, unit: 'workday' } } as const;

test('only the term that changed is an edit, with what it was', () => {
  expect(termEdits('P1', seen, { ...seen, finish: { amount: 3, unit: 'hour' } })).toEqual({
    'P1.finish': { from: { amount: 3, unit: 'workday' }, to: { amount: 3, unit: 'hour' } },
  });
  expect(termEdits('P1', seen, { respond: { ...seen.respond }, finish: { ...seen.finish } })).toBeNull();
});

test('an answer may not take longer than the result', () => {
  expect(respondsAfterFinish(seen)).toBe(false);
  expect(respondsAfterFinish({ ...seen, respond: { amount: 73, unit: 'hour' } })).toBe(true);
  expect(respondsAfterFinish({ respond: seen.finish, finish: seen.finish })).toBe(false);
});
