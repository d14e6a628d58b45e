import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';

/** `mine` puts the kept value in, `theirs` lets the standing one be. */
export const conflictResolveArgs = v.strictObject({ id: idField, choose: v.picklist(['mine', 'theirs']) });
