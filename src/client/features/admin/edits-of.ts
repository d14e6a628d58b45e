import type { Edits } from '../../../domain/mutation/merge-edits.ts';

export interface NameAndPhone {
  name: string;
  phone: string;
}

/** What was changed, each with what it was; null where nothing was. */
export function editsOf(seen: NameAndPhone, form: NameAndPhone): Edits<NameAndPhone> | null {
  const edits: { name?: { from: string; to: string }; phone?: { from: string; to: string } } = {};
  const [name, phone] = [form.name.trim(), form.phone.trim()];
  if (name !== seen.name) edits.name = { from: seen.name, to: name };
  if (phone !== seen.phone) edits.phone = { from: seen.phone, to: phone };
  return edits.name || edits.phone ? edits : null;
}
