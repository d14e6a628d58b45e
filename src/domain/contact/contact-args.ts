import * as v from 'valibot';
import { idField, optionalTextField } from '../mutation/fields.ts';

/** At least a telephone or a PIN: the slip opens with one of them. */
export const contactPutArgs = v.pipe(
  v.strictObject({
    id: idField,
    name: optionalTextField(40),
    phone: v.pipe(v.string(), v.regex(/^(\+?\d[\d -]{3,20}\d)?$/)),
    pin: v.pipe(v.string(), v.regex(/^(\d{4})?$/)),
    note: optionalTextField(300),
  }),
  v.check((value) => value.phone !== '' || value.pin !== '', 'phone or pin'),
);
