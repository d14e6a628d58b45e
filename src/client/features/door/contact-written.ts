import * as v from 'valibot';
import { contactAmendArgs, contactPutArgs } from '../../../domain/contact/contact-args.ts';
import type { Contact } from '../../../domain/contact/contact.ts';
import type { Waiting } from '../../../sync/engine-api.ts';

export interface ContactWritten {
  /** As it was typed last, refused or not. */
  typed: Contact;
  /** What of it stands, or will once it is sent; null where nothing of it does. */
  standing: Contact | null;
}

const stands = ({ receipt }: Waiting): boolean => receipt === null || receipt.status === 'applied';

/**
 * A contact from what this phone wrote of it: no device follows contacts, so the outbox alone knows, as long as it
 * keeps it. Null where another phone wrote it.
 */
export function contactWritten(waiting: readonly Waiting[], id: string): ContactWritten | null {
  let typed: Contact | null = null;
  let standing: Contact | null = null;
  for (const entry of [...waiting].sort((a, b) => a.row.at - b.row.at || a.row.seq - b.row.seq)) {
    const change = changeIn(entry, id);
    if (change === null) continue;
    typed = change(typed) ?? typed;
    if (stands(entry)) standing = change(standing) ?? standing;
  }
  return typed === null ? null : { typed, standing };
}

/** What the row makes of the contact; null where the row is about something else. */
function changeIn({ row }: Waiting, id: string): ((before: Contact | null) => Contact | null) | null {
  if (row.name === 'contact.put') {
    const put = v.safeParse(contactPutArgs, row.args);
    if (!put.success || put.output.id !== id) return null;
    const { name, phone, pin, note } = put.output;
    return () => ({ name, phone, pin, note });
  }
  if (row.name !== 'contact.amend') return null;
  const amend = v.safeParse(contactAmendArgs, row.args);
  if (!amend.success || amend.output.id !== id) return null;
  const { name, phone, pin, note } = amend.output;
  return (before) =>
    before && {
      name: name?.to ?? before.name,
      phone: phone?.to ?? before.phone,
      pin: pin?.to ?? before.pin,
      note: note?.to ?? before.note,
    };
}
