import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';

export const noticeReadArgs = v.strictObject({ id: idField });

const short = (max: number) => v.pipe(v.string(), v.maxLength(max));

/** The server's own word about a held record; other notices are written by reactions. */
export const noticeTellArgs = v.strictObject({
  id: idField,
  type: v.picklist(['heldAccepted', 'heldReturned']),
  about: v.nullable(v.strictObject({ space: short(80), kind: short(40), id: short(64) })),
  params: v.record(short(40), v.union([short(500), v.number()])),
});
