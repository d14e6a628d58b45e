import type { Edits } from '../mutation/merge-edits.ts';
import type { Contact } from './contact.ts';

const FIELDS = ['name', 'phone', 'pin', 'note'] as const;

export const isContactField = (field: string): field is keyof Contact => FIELDS.some((known) => known === field);

/** What differs, as `contact.amend` takes it; null where nothing does. Fields that `to` leaves out stay. */
export function contactEdits(from: Partial<Contact>, to: Partial<Contact>): Edits<Contact> | null {
  const changed = FIELDS.filter((field) => to[field] !== undefined && to[field] !== (from[field] ?? ''));
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((field) => [field, { from: from[field] ?? '', to: to[field] ?? '' }]));
}
