import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { optionalTextField, textField } from '../mutation/fields.ts';

export const officeCreateArgs = v.strictObject({ name: textField(60), phone: optionalTextField(30) });
export const officeEditArgs = v.strictObject({
  name: v.optional(editOf(textField(60))),
  phone: v.optional(editOf(optionalTextField(30))),
});
