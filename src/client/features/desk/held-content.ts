import * as v from 'valibot';
import { consentSchema, type Consent } from '../../../domain/consent/consent.ts';
import { isFields } from '../../../domain/mutation/is-fields.ts';
import type { MediaRef } from '../../../domain/photo/media.ts';
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import { addedIn } from '../../photos/media-in-args.ts';

/** One thing that was written. */
export interface HeldFact {
  field: string;
  value: unknown;
  /** What its author saw there, where it is an edit. */
  before?: unknown;
}

/** All that a held mutation says: it may be of a version, or of a kind, that this program does not know. */
export interface HeldContent {
  facts: HeldFact[];
  media: MediaRef[];
  consent: Consent | null;
}

/** By these the records of one save find each other: nobody has written them. */
const LINKS = new Set(['itemVersion', 'visitId', 'slipId', 'contactId', 'claimMid']);

const isEdit = (value: unknown): value is { from: unknown; to: unknown } =>
  isFields(value) && Object.keys(value).sort().join() === 'from,to';

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export function heldContent({ args, memberName }: Pick<HeldEntry, 'args' | 'memberName'>): HeldContent {
  if (!isFields(args)) {
    return { facts: saysNothing(args) ? [] : [{ field: 'text', value: args }], media: [], consent: null };
  }
  const media = addedIn(args, memberName);
  const consent = v.is(consentSchema, args['consent']) ? args['consent'] : null;
  const isShown = (field: string): boolean =>
    LINKS.has(field) || (field === 'media' && media.length > 0) || (field === 'consent' && consent !== null);
  const facts = Object.entries(args).flatMap(([field, value]): HeldFact[] => {
    if (isShown(field)) return [];
    if (isEdit(value)) return [{ field, value: value.to, before: value.from }];
    return saysNothing(value) ? [] : [{ field, value }];
  });
  return { facts, media, consent };
}
