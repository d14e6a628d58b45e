import { requireGridWorker } from '../grid/grid-policy.ts';
import { ensureHousehold } from '../household/ensure-household.ts';
import { createOnce } from '../mutation/create-once.ts';
import { defineMutator, type MutationContext, type ReadTx } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { checkPlace } from '../place/check-place.ts';
import { factsOf, readItem } from './catalogue-facts.ts';
import type { Ticket } from './ticket.ts';
import { ticketLogArgs } from './ticket-args.ts';
import { byRoleOf, withEntry } from './timeline.ts';

/** 记一件: what was said at the door. Household, visit and slip may come before or after it. */
export const logTicket = defineMutator({
  name: 'ticket.log',
  version: 1,
  spaceKind: 'grid',
  args: ticketLogArgs,
  creates: true,
  homing: {
    place: ({ place }) => place,
    makes: ({ id }) => ({ kind: 'ticket', id }),
    inGrid: (args, gridId) => ({ ...args, place: { ...args.place, gridId } }),
    brings: ({ contactId, slipId }) => [
      ...(contactId === null ? [] : [{ kind: 'contact' as const, id: contactId }]),
      ...(slipId === null ? [] : [{ kind: 'slip' as const, id: slipId }]),
    ],
  },
  authorize(_tx, _args, ctx) {
    requireGridWorker(ctx);
  },
  apply(tx, { id, ...said }, ctx) {
    checkPlace(tx, ctx, said.place);
    const item = readItem(tx, said);
    if (item.sensitive) requireSlipAlone(tx, ctx, said.slipId, id);
    const ticket: Ticket = {
      ...said,
      ...factsOf(item),
      state: 'logged',
      outcome: null,
      householdId: ensureHousehold(tx, ctx, said.place),
      loggedBy: ctx.actor.id,
      loggedByName: ctx.actor.name,
      loggedAt: ctx.at,
      deviceAt: ctx.deviceAt,
      handlerId: null,
      handlerName: '',
      leadUnit: '',
      jointUnits: [],
      mergedInto: null,
      reviewOn: null,
      result: '',
      satisfaction: null,
      timeline: [],
      updatedAt: ctx.at,
    };
    const byRole = byRoleOf(ctx.actor, said.place.gridId, ['volunteer', 'coordinator']);
    const logged = withEntry(ticket, ctx, { action: 'logged', byRole, text: '', open: true });
    createOnce(tx, ctx.space, 'ticket', id, logged, (existing) => isSameMatter(existing, ticket));
  },
});

/** The slip may be there first: whoever reads it for another matter must not learn of this one. */
function requireSlipAlone(tx: ReadTx, ctx: MutationContext, slipId: string | null, id: string): void {
  const slip = slipId === null ? undefined : tx.get(ctx.space, 'slip', slipId);
  refuseUnless(slip === undefined || slip.ticketIds.every((ticketId) => ticketId === id), 'invalid');
}

const isSameMatter = (a: Ticket, b: Ticket): boolean =>
  a.loggedBy === b.loggedBy && a.kind === b.kind && a.item === b.item && a.text === b.text;
