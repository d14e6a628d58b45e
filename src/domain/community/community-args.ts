import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { idField, optionalTextField, textField } from '../mutation/fields.ts';

/** A community begins with one grid, made by a reaction under the given id. */
export const communityCreateArgs = v.strictObject({
  id: idField,
  name: textField(60),
  phone: optionalTextField(30),
  defaultGrid: v.strictObject({ id: idField, name: textField(60) }),
});
export const communityEditArgs = v.strictObject({
  id: idField,
  name: v.optional(editOf(textField(60))),
  phone: v.optional(editOf(optionalTextField(30))),
});
