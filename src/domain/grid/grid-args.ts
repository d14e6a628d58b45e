import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { idField, textField } from '../mutation/fields.ts';

export const gridCreateArgs = v.strictObject({ id: idField, name: textField(60) });
export const gridRenameArgs = v.strictObject({ id: idField, name: editOf(textField(60)) });
