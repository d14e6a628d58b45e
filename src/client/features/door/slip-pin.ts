import * as v from 'valibot';
import { contactPutArgs } from '../../../domain/contact/contact-args.ts';
import type { Waiting } from '../../../sync/engine-api.ts';

/**
 * The PIN of a slip, from what this phone saved: contacts live in a space that no device follows,
 * so it can be shown only where it was made, and only as long as the outbox keeps it.
 */
export function pinOf(waiting: readonly Waiting[], contactId: string): string {
  for (const { row } of waiting) {
    if (row.name !== 'contact.put') continue;
    const parsed = v.safeParse(contactPutArgs, row.args);
    if (parsed.success && parsed.output.id === contactId) return parsed.output.pin;
  }
  return '';
}
