import * as v from 'valibot';
import { expect, test } from 'vitest';
import { heldAcceptedSchema } from '../../protocol/desk-messages.ts';
import { answerOf } from './answer-of.ts';
import { ApiError } from './api-client.ts';

test('what has another shape is told as an answer that is not ours', () => {
  expect(answerOf(v.array(v.string()), ['a'])).toEqual(['a']);
  expect(() => answerOf(v.array(v.string()), { ads: true })).toThrow(new ApiError('not_doorstep'));
});

test('what a later server adds is left out', () => {
  const answer = { status: 'applied', code: '', data: {} };
  expect(answerOf(heldAcceptedSchema, { ...answer, mood: 'good' })).toEqual(answer);
});
