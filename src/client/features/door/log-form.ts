import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import type { Place } from '../../../domain/place/place.ts';
import { TEXT_MAX } from '../../../domain/ticket/ticket-args.ts';
import type { TicketKind } from '../../../domain/ticket/ticket.ts';

/** What a matter's records will be called, and what opens its slip: made once for each draft and kept in it. */
export interface Made {
  ticket: string;
  visit: string;
  contact: string;
  slip: string;
  slipCode: string;
  pin: string;
}

/** 记一件 as it stands on the screen, and as its draft is kept. */
export interface LogForm {
  place: Place | null;
  /** Catalogue code; empty until one is chosen. */
  item: string;
  kind: TicketKind;
  text: string;
  urgent: boolean;
  how: 'spoken' | 'signed';
  signature: number[][] | null;
  /** The separate consent of a sensitive item. */
  sensitive: boolean;
  name: string;
  phone: string;
  note: string;
  /** Saved again, it is the same matter and not a second one. A draft of an older build has none. */
  made?: Made;
}

export const emptyForm = (place: Place | null = null): LogForm => ({
  place,
  item: '',
  kind: 'issue',
  text: '',
  urgent: false,
  how: 'spoken',
  signature: null,
  sensitive: false,
  name: '',
  phone: '',
  note: '',
});

/** Whether the draft holds anything that a person would miss; a place alone is chosen again with one tap. */
export const isWorthKeeping = (form: LogForm): boolean =>
  [form.item, form.text.trim(), form.name.trim(), form.phone.trim(), form.note.trim()].some((part) => part !== '') ||
  form.signature !== null;

/** What still keeps the form from being saved, in the order of the page. */
export type FormFault = 'place' | 'item' | 'textMissing' | 'textLong' | 'phone' | 'sensitive' | 'signature';

const PHONE = /^\+?\d[\d -]{3,20}\d$/;
/** The last four open the slip, so a number has more than four. */
const PHONE_DIGITS = 5;

const isPhone = (typed: string): boolean => PHONE.test(typed) && typed.replace(/\D/g, '').length >= PHONE_DIGITS;

export function faultsOf(form: LogForm, item: CatalogueItem | undefined): FormFault[] {
  const text = form.text.trim();
  const checks: [FormFault, boolean][] = [
    ['place', form.place === null],
    ['item', item === undefined],
    ['textMissing', text === ''],
    ['textLong', text.length > TEXT_MAX],
    ['phone', form.phone.trim() !== '' && !isPhone(form.phone.trim())],
    ['sensitive', item?.sensitive === true && !form.sensitive],
    ['signature', form.how === 'signed' && form.signature === null],
  ];
  return checks.filter(([, wrong]) => wrong).map(([fault]) => fault);
}

/** The kind that an item allows; where it allows both, the one that was chosen before. */
export const kindFor = (item: CatalogueItem, chosen: TicketKind): TicketKind =>
  item.kind === 'both' ? chosen : item.kind;

/** Chinese that was typed to find an item is what the resident said, so it begins the text; pinyin is not. */
export const textFromSearch = (text: string, query: string): string =>
  text.trim() === '' && /\p{Script=Han}{2}/u.test(query) ? query.trim() : text;
