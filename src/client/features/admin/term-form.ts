import type { Tier } from '../../../domain/catalogue/catalogue.ts';
import { termMs } from '../../../domain/term/due.ts';
import { LEGS, termText, type Leg, type Term, type TermField } from '../../../domain/term/term-table.ts';

type TermEdits = Partial<Record<TermField, { from: Term; to: Term }>>;

/** What was changed of one tier, each with what it was; null where nothing was. */
export function termEdits(
  tier: Tier,
  seen: Readonly<Record<Leg, Term>>,
  form: Readonly<Record<Leg, Term>>,
): TermEdits | null {
  const changed = LEGS.filter((leg) => termText(seen[leg]) !== termText(form[leg]));
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((leg) => [`${tier}.${leg}`, { from: { ...seen[leg] }, to: { ...form[leg] } }]));
}

/** A matter cannot be done before it is answered. */
export const respondsAfterFinish = ({ respond, finish }: Readonly<Record<Leg, Term>>): boolean =>
  termMs(respond) > termMs(finish);
