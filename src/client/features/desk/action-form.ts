import { isReviewDay } from '../../../domain/ticket/review-day.ts';
import { CARD_TEXT_MAX, REASON_MAX, TEXT_MAX } from '../../../domain/ticket/ticket-args.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { DeskAction } from './desk-actions.ts';

/** Everything that the forms of the actions can hold; each uses some of it. */
export interface ActionDraft {
  tier: string;
  reason: string;
  into: string;
  cardText: string;
  public: boolean;
  leadUnit: string;
  jointUnits: string;
  note: string;
  text: string;
  open: boolean;
  outcome: string;
  result: string;
  satisfaction: string;
  reviewOn: string;
}

export type ActionField = keyof ActionDraft;

/** Which fields an action asks for, in order; those with `needed` cannot be left empty. */
export const ACTION_FIELDS: Readonly<Record<DeskAction, readonly { name: ActionField; needed: boolean }[]>> = {
  accept: [{ name: 'tier', needed: true }],
  publish: [
    { name: 'cardText', needed: true },
    { name: 'public', needed: false },
  ],
  dispatch: [
    { name: 'leadUnit', needed: true },
    { name: 'jointUnits', needed: false },
    { name: 'note', needed: false },
  ],
  start: [{ name: 'note', needed: false }],
  progress: [
    { name: 'text', needed: true },
    { name: 'open', needed: false },
  ],
  resolve: [
    { name: 'outcome', needed: true },
    { name: 'result', needed: true },
  ],
  followUp: [
    { name: 'satisfaction', needed: true },
    { name: 'note', needed: false },
  ],
  resume: [],
  suspend: [
    { name: 'reason', needed: true },
    { name: 'reviewOn', needed: true },
  ],
  merge: [{ name: 'into', needed: true }],
  return: [{ name: 'reason', needed: true }],
  decline: [{ name: 'reason', needed: true }],
  unpublish: [{ name: 'reason', needed: true }],
  reopen: [{ name: 'reason', needed: true }],
};

/** The most that a text may have, as the domain says. */
export const FIELD_MAX: Readonly<Partial<Record<ActionField, number>>> = {
  reason: REASON_MAX,
  cardText: CARD_TEXT_MAX,
  leadUnit: 60,
  jointUnits: 600,
  note: REASON_MAX,
  text: TEXT_MAX,
  result: TEXT_MAX,
};

/** What a form begins with. `cardText` comes from the catalogue, never from what was written at the door. */
export const draftFor = (
  ticket: Ticket,
  from: { cardText: string; leadUnit: string; reviewOn: string },
): ActionDraft => ({
  tier: ticket.tier,
  reason: '',
  into: '',
  cardText: from.cardText,
  public: !ticket.sensitive,
  leadUnit: ticket.leadUnit || from.leadUnit,
  jointUnits: ticket.jointUnits.join('、'),
  note: '',
  text: '',
  open: true,
  outcome: 'solved',
  result: '',
  satisfaction: '',
  reviewOn: from.reviewOn,
});

/** People part names with whatever is at hand; \uFF0C and \uFF1B are the wide comma and semicolon. */
export const unitsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、,;/\n\uFF0C\uFF1B]/)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];

/** Fields that still have to be filled in. */
export const missingIn = (action: DeskAction, draft: ActionDraft, now: number): ActionField[] =>
  ACTION_FIELDS[action].filter(({ name, needed }) => needed && !isFilledIn(name, draft, now)).map(({ name }) => name);

const isFilledIn = (name: ActionField, draft: ActionDraft, now: number): boolean =>
  name === 'reviewOn' ? isReviewDay(draft.reviewOn, now) : String(draft[name] ?? '').trim() !== '';

/** The arguments of `ticket.<action>`. */
export function argsOf(action: DeskAction, id: string, ticket: Ticket, draft: ActionDraft): Record<string, unknown> {
  switch (action) {
    case 'accept':
      return { id, tier: draft.tier === ticket.tier ? null : draft.tier };
    case 'publish':
      return { id, cardText: draft.cardText, public: draft.public && !ticket.sensitive };
    case 'dispatch':
      return {
        id,
        leadUnit: draft.leadUnit,
        jointUnits: unitsIn(draft.jointUnits).filter((unit) => unit !== draft.leadUnit.trim()),
        note: draft.note,
      };
    case 'start':
      return { id, note: draft.note };
    case 'progress':
      return { id, text: draft.text, open: draft.open };
    case 'resolve':
      return { id, outcome: draft.outcome, result: draft.result };
    case 'followUp':
      return { id, satisfaction: draft.satisfaction, note: draft.note };
    case 'suspend':
      return { id, reason: draft.reason, reviewOn: draft.reviewOn };
    case 'merge':
      return { id, into: draft.into };
    case 'resume':
      return { id };
    case 'return':
    case 'decline':
    case 'unpublish':
    case 'reopen':
      return { id, reason: draft.reason };
  }
}
