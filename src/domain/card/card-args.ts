import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';

export const claimTakeArgs = v.strictObject({ cardId: idField });
/** The timer's: a claim without a step until its day falls back to the wall. */
export const claimExpireArgs = v.strictObject({ cardId: idField, claimMid: v.pipe(v.string(), v.maxLength(64)) });
