import * as v from 'valibot';
import { idField, optionalTextField, textField } from '../mutation/fields.ts';
import { outcome, REASON_MAX, TEXT_MAX } from '../ticket/ticket-args.ts';

/** `id` is the claim view's. */
export const claimProgressArgs = v.strictObject({ id: idField, text: textField(TEXT_MAX) });
export const claimFulfilArgs = v.strictObject({ id: idField, outcome, result: optionalTextField(TEXT_MAX) });
export const claimReleaseArgs = v.strictObject({ id: idField, reason: textField(REASON_MAX) });
