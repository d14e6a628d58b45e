import * as v from 'valibot';
import { textField } from '../mutation/fields.ts';

const ids = (max: number) => v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.maxLength(max));

export const memberSetArgs = v.strictObject({
  name: textField(40),
  roles: v.strictObject({
    volunteer: ids(200),
    claimer: v.boolean(),
    unit: v.nullable(textField(60)),
    coordinator: ids(200),
    admin: v.boolean(),
  }),
});
