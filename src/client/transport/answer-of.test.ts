import * as v from 'valibot';
import { expect, test } from 'vitest';
import { answerOf } from './answer-of.ts';
import { ApiError } from './api-client.ts';

test('what has another shape is told as an answer that is not ours', () => {
  expect(answerOf(v.array(v.string()), ['a'])).toEqual(['a']);
  expect(() => answerOf(v.array(v.string()), { ads: true })).toThrow(new ApiError('not_doorstep'));
});
