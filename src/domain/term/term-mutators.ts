import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { requireOfficeRights } from '../office/office-policy.ts';
import { standardDays } from './standard-days.ts';
import { termsEditArgs, workdaysEditArgs } from './term-args.ts';
import { STANDARD_TERMS, TERM_FIELDS, TERMS_ID, termFrom, termText, type Term, type TermField } from './term-table.ts';
import { yearDaysId, type DayMark, type YearDays } from './year-days.ts';

/** Changes how long a tier may take. What is open goes by the new term from then on: clocks are reckoned, not stored. */
export const editTerms = defineMutator({
  name: 'terms.edit',
  version: 1,
  spaceKind: 'office',
  args: termsEditArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, edits, ctx) {
    const standing = tx.get(ctx.space, 'terms', TERMS_ID) ?? STANDARD_TERMS;
    const { merged, clashes } = mergeEdits(textsOf(standing), editTexts(edits));
    const next = Object.fromEntries(TERM_FIELDS.map((field) => [field, termFrom(merged[field]) ?? standing[field]]));
    tx.put('terms', TERMS_ID, { ...standing, ...next });
    keepConflicts(tx, ctx, { kind: 'terms', id: TERMS_ID }, clashes);
  },
});

type TermTexts = Record<TermField, string>;

const textsOf = (terms: Readonly<Record<TermField, Term>>): TermTexts =>
  Object.fromEntries(TERM_FIELDS.map((field) => [field, termText(terms[field])])) as TermTexts;

const editTexts = (edits: Readonly<Partial<Record<TermField, { from: Term; to: Term } | undefined>>>) =>
  Object.fromEntries(
    TERM_FIELDS.flatMap((field) => {
      const edit = edits[field];
      return edit === undefined ? [] : [[field, { from: termText(edit.from), to: termText(edit.to) }] as const];
    }),
  );

/** Days off and make-up days of one year; the office's own table begins as the standard one. */
export const editWorkdays = defineMutator({
  name: 'workdays.edit',
  version: 1,
  spaceKind: 'office',
  args: workdaysEditArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, { year, days }, ctx) {
    const id = yearDaysId(year);
    const standing = tx.get(ctx.space, 'workdays', id) ?? standardDays(year) ?? { year, days: {} };
    const touched = Object.fromEntries(Object.keys(days).map((day) => [day, standing.days[day] ?? 'plain'] as const));
    const { merged, clashes } = mergeEdits<Record<string, string>>(touched, days);
    const next = Object.entries(merged).reduce((table, [day, mark]) => withDay(table, day, mark), standing);
    tx.put('workdays', id, next);
    keepConflicts(tx, ctx, { kind: 'workdays', id }, clashes);
  },
});

/** The year with one day off, worked, or (anything else) as its weekday has it. */
export function withDay({ year, days }: YearDays, day: string, mark: string): YearDays {
  const { [day]: _before, ...others } = days;
  const next: Record<string, DayMark> = mark === 'off' || mark === 'work' ? { ...others, [day]: mark } : others;
  return { year, days: Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
