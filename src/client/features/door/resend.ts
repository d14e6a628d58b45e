import * as v from 'valibot';
import type { Contact } from '../../../domain/contact/contact.ts';
import type { Slip } from '../../../domain/slip/slip.ts';
import { ticketAddMediaArgs, type AddedMedia } from '../../../domain/photo/media-args.ts';
import { slipIssueArgs } from '../../../domain/slip/slip-args.ts';
import { ticketLogArgs } from '../../../domain/ticket/ticket-args.ts';
import type { Waiting } from '../../../sync/engine-api.ts';
import type { LogForm } from './log-form.ts';
import { contactWritten, type ContactWritten } from './contact-written.ts';
import { NOTHING_YET, type Reuse } from './log-requests.ts';

/** A refused 记一件, ready to be corrected: its form, what of its save stands, and what to put aside after. */
export interface Resend {
  form: LogForm;
  publish: boolean;
  reuse: Reuse;
  /** The refused rows that the new save takes the place of. */
  replaced: string[];
  /** Photos and voice notes of that save; their bytes still lie here. */
  media: AddedMedia[];
  /** The row that named them: not replaced where they cannot be read. */
  mediaMid: string | null;
}

type Args = v.InferOutput<typeof ticketLogArgs>;

/** What a row was saved with, if it fits the schema of today. */
function read<S extends v.GenericSchema>(schema: S, entry: Waiting | undefined): v.InferOutput<S> | null {
  const parsed = v.safeParse(schema, entry?.row.args);
  return parsed.success ? parsed.output : null;
}

/** Reads the refused mutation and its companions from the outbox; undefined where there is no such matter. */
export function readRefused(waiting: readonly Waiting[], mid: string): Resend | undefined {
  const refused = waiting.find(({ row }) => row.mid === mid && row.name === 'ticket.log');
  const args = read(ticketLogArgs, refused);
  if (!refused || !args) return undefined;
  const companions = waiting.filter(({ row }) => row.saveId === refused.row.saveId);
  const named = (name: string): Waiting | undefined => companions.find(({ row }) => row.name === name);
  const failed = (entry: Waiting | undefined): boolean => entry?.state === 'attention';

  const written = args.contactId === null ? null : contactWritten(waiting, args.contactId);
  const issue = read(slipIssueArgs, named('slip.issue'));
  const sameId = refused.receipt?.code !== 'exists';
  const todo = failed(named('slip.issue')) ? 'issue' : failed(named('slip.add')) || !sameId ? 'add' : 'nothing';
  const reuse: Reuse = {
    ...NOTHING_YET,
    // The resident holds the code, and the slip names the matter: it keeps its id unless that was the trouble.
    ticketId: sameId ? args.id : null,
    visit: args.visitId === null ? null : { id: args.visitId, record: failed(named('visit.record')) },
    contact: contactOf(args, written, issue?.proof ?? null),
    slip:
      args.slipId === null ? null : { id: args.slipId, code: issue?.code ?? '', proof: issue?.proof ?? 'pin', todo },
  };
  return {
    form: formOf(args, written?.typed ?? null),
    publish: args.consent.publish,
    reuse,
    media: failed(named('ticket.addMedia')) ? (read(ticketAddMediaArgs, named('ticket.addMedia'))?.media ?? []) : [],
    mediaMid: named('ticket.addMedia')?.row.mid ?? null,
    replaced: companions.filter(failed).map(({ row }) => row.mid),
  };
}

const formOf = (args: Args, contact: Contact | null): LogForm => ({
  place: args.place,
  item: args.item,
  kind: args.kind,
  text: args.text,
  urgent: args.urgent,
  how: args.consent.how,
  signature: args.consent.signature,
  sensitive: args.consent.sensitive === true,
  name: contact?.name ?? '',
  phone: contact?.phone ?? '',
  note: contact?.note ?? '',
});

/** It is asked for again, for it can be corrected here; what the server has of it is not written over. */
const contactOf = (args: Args, written: ContactWritten | null, proof: Slip['proof'] | null): Reuse['contact'] =>
  args.contactId === null
    ? null
    : {
        id: args.contactId,
        pin: written?.typed.pin ?? '',
        put: written !== null,
        proof,
        ...(written?.standing ? { standing: { gridId: args.place.gridId, data: written.standing } } : {}),
      };
