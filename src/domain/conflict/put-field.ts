import { labelField } from '../building/layout-mutators.ts';
import { partsOf, withLabel } from '../building/layout.ts';
import type { MutationContext, WriteTx } from '../mutation/mutator.ts';
import { Refusal, refuseUnless } from '../mutation/refusal.ts';
import type { Kind } from '../record/record.ts';
import type { RecordData } from '../record/record-data.ts';
import { DAY_CHOICES } from '../term/term-args.ts';
import { withDay } from '../term/term-mutators.ts';
import { isTermField, termFrom } from '../term/term-table.ts';
import { amendableOf, withAmended, withAmendedEntry } from '../ticket/amend-ticket.ts';
import { requireState } from '../ticket/ticket-policy.ts';
import type { Conflict } from './conflict.ts';

type Kept = Pick<Conflict, 'kind' | 'recordId' | 'field' | 'mine'>;
type Put = (tx: WriteTx, ctx: MutationContext, kept: Kept) => void;

/** One field of one kind; `change` answers nothing where it knows no such field. */
const putter =
  <K extends Kind>(
    kind: K,
    change: (data: RecordData[K], kept: Kept, tx: WriteTx, ctx: MutationContext) => RecordData[K] | undefined,
  ): Put =>
  (tx, ctx, kept) => {
    const data = tx.get(ctx.space, kind, kept.recordId);
    refuseUnless(data, 'notFound');
    const next = change(data, kept, tx, ctx);
    refuseUnless(next, 'invalid');
    tx.put(kind, kept.recordId, next);
  };

const named = <T extends { name: string }>(data: T, { field, mine }: Kept): T | undefined =>
  field === 'name' ? { ...data, name: mine } : undefined;

const withPhone = <T extends { name: string; phone: string }>(data: T, kept: Kept): T | undefined =>
  kept.field === 'phone' ? { ...data, phone: kept.mine } : named(data, kept);

const PUTTERS: Readonly<Partial<Record<string, Put>>> = {
  office: putter('office', withPhone),
  terms: putter('terms', (terms, { field, mine }) => {
    const term = termFrom(mine);
    return isTermField(field) && term !== undefined ? { ...terms, [field]: term } : undefined;
  }),
  workdays: putter('workdays', (year, { field, mine }) =>
    DAY_CHOICES.some((choice) => choice === mine) ? withDay(year, field, mine) : undefined,
  ),
  community: putter('community', withPhone),
  grid: putter('grid', named),
  estate: putter('estate', named),
  building: putter('building', (building, kept) => {
    const part = partsOf(building).find(({ id }) => kept.field === labelField(id));
    return part === undefined ? named(building, kept) : withLabel(building, part.id, kept.mine);
  }),
  // The grid has a masked copy only; the server puts the value in, by a reaction.
  contact: () => undefined,
  ticket: putter('ticket', (ticket, { field, mine }, tx, ctx) => {
    const standing = amendableOf(ticket);
    if (!(field in standing)) return undefined;
    // What is over keeps its words: the clash came too late, as an amendment would have.
    requireState('amend', ticket);
    const amended = { ...standing, [field]: field === 'urgent' ? mine === 'true' : mine };
    return withAmendedEntry(withAmended(tx, ticket, amended), ctx);
  }),
};

/** Puts the kept value of a conflict in, as the edit would have. */
export function putField(tx: WriteTx, ctx: MutationContext, kept: Kept): void {
  const put = PUTTERS[kept.kind];
  if (put === undefined) throw new Refusal('invalid');
  put(tx, ctx, kept);
}
