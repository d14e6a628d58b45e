import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { idField, optionalTextField } from '../mutation/fields.ts';
import { opensSlip } from './contact.ts';

const nameField = optionalTextField(40);
/** May be empty. */
export const phoneField = v.pipe(v.string(), v.regex(/^(\+?\d[\d -]{3,20}\d)?$/));
const pinField = v.pipe(v.string(), v.regex(/^(\d{4})?$/));
const noteField = optionalTextField(300);

/** At least a telephone or a PIN: the slip opens with one of them. */
export const contactPutArgs = v.pipe(
  v.strictObject({ id: idField, name: nameField, phone: phoneField, pin: pinField, note: noteField }),
  v.check((contact) => opensSlip(contact), 'phone or pin'),
);

/** A correction names what its author saw (design §5.8), for nobody holds contacts and two may correct one. */
export const contactAmendArgs = v.strictObject({
  id: idField,
  name: v.optional(editOf(nameField)),
  phone: v.optional(editOf(phoneField)),
  pin: v.optional(editOf(pinField)),
  note: v.optional(editOf(noteField)),
});
