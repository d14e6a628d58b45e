import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { mergeEdits, type Edits } from '../mutation/merge-edits.ts';
import { defineMutator, type MutationContext, type ReadTx } from '../mutation/mutator.ts';
import { Refusal } from '../mutation/refusal.ts';
import { hiddenAgain } from '../photo/changed-media.ts';
import { factsOf, readItem } from './catalogue-facts.ts';
import type { Ticket } from './ticket.ts';
import { ticketAmendArgs } from './ticket-args.ts';
import { readTicket, requireState, requireStep } from './ticket-policy.ts';
import { isHeldByClaim, rolesAsked } from './ticket-transitions.ts';
import { byRoleOf, withEntry } from './timeline.ts';

/** What of a ticket's first words can be put right later. */
export type Amendable = Pick<Ticket, 'text' | 'item' | 'urgent'>;

export const amendableOf = ({ text, item, urgent }: Ticket): Amendable => ({ text, item, urgent });

/** The ticket with other words; a new item brings its tier and its privacy with it. */
export function withAmended(tx: ReadTx, ticket: Ticket, amended: Amendable): Ticket {
  if (amended.item === ticket.item) return { ...ticket, ...amended };
  // The wall says what the item is: it comes down first.
  if (ticket.state === 'published' || isHeldByClaim(ticket)) throw new Refusal('state', { state: ticket.state });
  const item = readItem(tx, { ...ticket, item: amended.item });
  const hidden = item.sensitive && !ticket.sensitive ? hiddenAgain(ticket) : {};
  return { ...ticket, ...amended, ...factsOf(item), ...hidden };
}

/** The timeline's entry for it. */
export function withAmendedEntry(ticket: Ticket, ctx: MutationContext): Ticket {
  const byRole = byRoleOf(ctx.actor, ticket.place.gridId, rolesAsked('amend'));
  return withEntry(ticket, ctx, { action: 'amended', byRole, text: '', open: false });
}

/** Puts text, item or urgency right; two people's edits of different fields both hold. */
export const amendTicket = defineMutator({
  name: 'ticket.amend',
  version: 1,
  spaceKind: 'grid',
  args: ticketAmendArgs,
  creates: false,
  homing: { records: ({ id }) => [{ kind: 'ticket', id }] },
  authorize(tx, { id }, ctx) {
    requireStep(tx, ctx, 'amend', id);
  },
  apply(tx, { id, ...edits }, ctx) {
    const ticket = readTicket(tx, ctx, id);
    requireState('amend', ticket);
    const standing = amendableOf(ticket);
    const { merged, clashes } = mergeEdits(standing, edits satisfies Edits<Amendable>);
    const changed = (Object.keys(merged) as (keyof Amendable)[]).some((field) => merged[field] !== standing[field]);
    if (changed) tx.put('ticket', id, withAmendedEntry(withAmended(tx, ticket, merged), ctx));
    keepConflicts(tx, ctx, { kind: 'ticket', id }, clashes);
  },
});
