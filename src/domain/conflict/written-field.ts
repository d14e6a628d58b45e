import * as v from 'valibot';
import { buildingRelabelArgs, buildingRenameArgs } from '../building/building-args.ts';
import { communityEditArgs } from '../community/community-args.ts';
import { contactAmendArgs } from '../contact/contact-args.ts';
import { estateRenameArgs } from '../estate/estate-args.ts';
import { gridRenameArgs } from '../grid/grid-args.ts';
import { officeEditArgs } from '../office/office-args.ts';
import { ticketAmendArgs } from '../ticket/ticket-args.ts';
import type { Conflict } from './conflict.ts';

type Field = v.GenericSchema<string, string>;

const contact = contactAmendArgs.entries;
/** Whatever is decided, four digits must go on opening the slip. */
const digits = (field: Field): Field => v.pipe(field, v.minLength(1));

/** The fields that are written in words, by kind, each as its edit takes it. */
const WRITTEN: Readonly<Partial<Record<string, Readonly<Partial<Record<string, Field>>>>>> = {
  office: {
    name: officeEditArgs.entries.name.wrapped.entries.to,
    phone: officeEditArgs.entries.phone.wrapped.entries.to,
  },
  community: {
    name: communityEditArgs.entries.name.wrapped.entries.to,
    phone: communityEditArgs.entries.phone.wrapped.entries.to,
  },
  grid: { name: gridRenameArgs.entries.name.entries.to },
  estate: { name: estateRenameArgs.entries.name.entries.to },
  building: { name: buildingRenameArgs.entries.name.entries.to, label: buildingRelabelArgs.entries.label.entries.to },
  contact: {
    name: contact.name.wrapped.entries.to,
    phone: digits(contact.phone.wrapped.entries.to),
    pin: digits(contact.pin.wrapped.entries.to),
    note: contact.note.wrapped.entries.to,
  },
  ticket: { text: ticketAmendArgs.entries.text.wrapped.entries.to },
};

type About = Pick<Conflict, 'kind' | 'field'>;

/** What is chosen from a list or switched takes no third text: it is changed where it is. */
const writtenField = ({ kind, field }: About): Field | undefined => WRITTEN[kind]?.[field.split(':')[0] ?? field];

export const isWritten = (about: About): boolean => writtenField(about) !== undefined;

/** The text as it would go in; nothing where it does not fit. */
export function readWritten(about: About, text: string): string | undefined {
  const field = writtenField(about);
  const parsed = field && v.safeParse(field, text);
  return parsed?.success === true ? parsed.output : undefined;
}
