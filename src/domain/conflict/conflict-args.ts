import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';
import { TEXT_MAX } from '../ticket/ticket-args.ts';

/**
 * `mine` puts the kept value in, `theirs` lets the standing one be, `edited` puts `text` in. `seen` is what its author
 * saw as the standing value, and how many had passed before it; null where a phone of before did not say.
 */
export const conflictResolveArgs = v.pipe(
  v.strictObject({
    id: idField,
    choose: v.picklist(['mine', 'theirs', 'edited']),
    text: v.optional(v.pipe(v.string(), v.maxLength(TEXT_MAX))),
    seen: v.nullable(
      v.strictObject({
        value: v.pipe(v.string(), v.maxLength(TEXT_MAX)),
        turn: v.pipe(v.number(), v.integer(), v.minValue(0)),
      }),
    ),
  }),
  v.check(({ choose, text }) => (choose === 'edited') === (text !== undefined), 'text'),
);

export const conflictPutAsideArgs = v.strictObject({ id: idField });

export type Seen = v.InferOutput<typeof conflictResolveArgs>['seen'];
