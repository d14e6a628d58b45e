import { expect, test } from 'vitest';
import { isFields } from './is-fields.ts';

test('neither a list nor nothing has fields', () => {
  for (const value of [{}, { text: '三楼' }]) expect(isFields(value)).toBe(true);
  for (const value of [null, undefined, [], [{}], '三楼', 3]) expect(isFields(value), String(value)).toBe(false);
});
