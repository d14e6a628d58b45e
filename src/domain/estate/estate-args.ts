import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { idField, textField } from '../mutation/fields.ts';

export const estateCreateArgs = v.strictObject({ id: idField, name: textField(60), gridId: idField });
export const estateRenameArgs = v.strictObject({ id: idField, name: editOf(textField(60)) });
