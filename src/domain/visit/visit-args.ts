import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';
import { placeSchema } from '../place/place.ts';

/** Writes the visit, and the household of its room where there is none yet. */
export const visitRecordArgs = v.strictObject({
  id: idField,
  place: placeSchema,
  outcome: v.picklist(['met', 'notHome', 'refused']),
});
