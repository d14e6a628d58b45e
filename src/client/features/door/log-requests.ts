import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import { CONSENT_VERSION, type Consent } from '../../../domain/consent/consent.ts';
import type { Contact } from '../../../domain/contact/contact.ts';
import { contactEdits } from '../../../domain/contact/contact-edits.ts';
import type { Place } from '../../../domain/place/place.ts';
import type { Slip } from '../../../domain/slip/slip.ts';
import { contactSpace, gridSpace, type SpaceId } from '../../../domain/space/space.ts';
import type { AddedMedia } from '../../../domain/photo/media-args.ts';
import type { MediaBytes, SaveRequest } from '../../../sync/engine-api.ts';
import { addMediaRequests } from '../../photos/add-media-requests.ts';
import type { LogForm, Made } from './log-form.ts';

type Proof = Slip['proof'];

/** What this phone wrote under the id, so that only what differs is corrected. */
export interface StandingContact {
  gridId: string;
  data: Contact;
}

/** What stands already and is used again; null where it is to be made. */
export interface Reuse {
  /** The id of a refused matter that is sent again. */
  ticketId: string | null;
  /** Today's visit at this door, or one that is to be recorded again. */
  visit: { id: string; record: boolean } | null;
  /** `proof`: which four digits the resident was told; null where that is still open. */
  contact: { id: string; pin: string; put: boolean; proof: Proof | null; standing?: StandingContact } | null;
  /** The slip that the resident holds, and what is to be done with it. */
  slip: { id: string; code: string; proof: Proof; todo: 'issue' | 'add' | 'nothing' } | null;
}

export const NOTHING_YET: Reuse = { ticketId: null, visit: null, contact: null, slip: null };

export interface LogSave {
  requests: SaveRequest[];
  ticketId: string;
  slipId: string;
}

export interface Matter {
  form: LogForm;
  place: Place;
  item: CatalogueItem;
  itemVersion: number;
  /** The need may stand on the wish wall, without the person. */
  publish: boolean;
  /** What was taken at the door, and its bytes. */
  taken?: { media: readonly AddedMedia[]; files: readonly MediaBytes[] };
}

const request = (space: SpaceId, name: string, kind: string, id: string, args: object): SaveRequest => ({
  space,
  name,
  v: 1,
  args: { id, ...args },
  about: { kind, id },
});

const consentOf = ({ form, item, publish }: Matter): Consent => ({
  version: CONSENT_VERSION,
  how: form.how,
  record: true,
  publish,
  sensitive: item.sensitive ? form.sensitive : null,
  signature: form.how === 'signed' ? form.signature : null,
});

/** Written where it is not there yet; where it stands nothing is written over, and what differs is corrected. */
function contactRequests(gridId: string, id: string, details: Contact, standing?: StandingContact): SaveRequest[] {
  const space = contactSpace(gridId);
  if (standing?.gridId !== gridId) return [request(space, 'contact.put', 'contact', id, details)];
  const edits = contactEdits(standing.data, details);
  return edits === null ? [] : [request(space, 'contact.amend', 'contact', id, edits)];
}

/**
 * One save of 记一件: the visit if today has none, the contact, the matter, and the slip that opens it.
 * All go into one strict transaction, so that no phone ever holds a matter without its slip.
 */
export function logRequests(matter: Matter, reuse: Reuse, made: Made): LogSave {
  const { form, place, item } = matter;
  const grid = gridSpace(place.gridId);
  const requests: SaveRequest[] = [];
  const ticketId = reuse.ticketId ?? made.ticket;

  const visit = place.roomId === null ? null : (reuse.visit ?? { id: made.visit, record: true });
  if (visit?.record) requests.push(request(grid, 'visit.record', 'visit', visit.id, { place, outcome: 'met' }));

  const phone = form.phone.trim();
  const contact = reuse.contact ?? { id: made.contact, pin: '', put: true, proof: null };
  if (contact.put) {
    // Without a telephone a PIN is the only key to the slip.
    const pin = contact.pin === '' && phone === '' ? made.pin : contact.pin;
    const details = { name: form.name.trim(), phone, pin, note: form.note.trim() };
    requests.push(...contactRequests(place.gridId, contact.id, details, contact.standing));
  }

  const slip = reuse.slip ?? {
    id: made.slip,
    code: made.slipCode,
    proof: contact.proof ?? (phone === '' ? ('pin' as const) : ('phone' as const)),
    todo: 'issue' as const,
  };
  const visitId = visit?.id ?? null;
  requests.push(
    request(grid, 'ticket.log', 'ticket', ticketId, {
      kind: form.kind,
      item: item.code,
      itemVersion: matter.itemVersion,
      text: form.text.trim(),
      urgent: form.urgent,
      place,
      visitId,
      slipId: slip.id,
      contactId: contact.id,
      consent: consentOf(matter),
    }),
  );
  const { media, files } = matter.taken ?? { media: [], files: [] };
  requests.push(...addMediaRequests({ kind: 'ticket', space: grid, id: ticketId }, media, files));
  if (slip.todo === 'add') requests.push(request(grid, 'slip.add', 'slip', slip.id, { ticketId }));
  if (slip.todo === 'issue') {
    const { code, proof } = slip;
    const args = { code, visitId, ticketIds: [ticketId], contactId: contact.id, proof };
    requests.push(request(grid, 'slip.issue', 'slip', slip.id, args));
  }
  return { requests, ticketId, slipId: slip.id };
}
