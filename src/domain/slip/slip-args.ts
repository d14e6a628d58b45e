import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';

export const slipIssueArgs = v.strictObject({
  id: idField,
  code: v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{10}$/)),
  visitId: v.nullable(idField),
  ticketIds: v.pipe(v.array(idField), v.minLength(1), v.maxLength(30)),
  contactId: idField,
  proof: v.picklist(['phone', 'pin']),
});
/** A further matter of the same visit goes onto the same slip. */
export const slipAddArgs = v.strictObject({ id: idField, ticketId: idField });
