import type { Waiting } from '../../../sync/engine-api.ts';
import { contactWritten } from './contact-written.ts';

/**
 * The PIN of a slip, from what this phone saved: contacts live in a space that no device follows,
 * so it can be shown only where it was made, and only as long as the outbox keeps it.
 */
export const pinOf = (waiting: readonly Waiting[], contactId: string): string =>
  contactWritten(waiting, contactId)?.typed.pin ?? '';
