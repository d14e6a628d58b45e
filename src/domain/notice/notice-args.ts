import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';

export const noticeReadArgs = v.strictObject({ id: idField });
