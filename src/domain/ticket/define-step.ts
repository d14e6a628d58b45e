import type { GenericSchema, InferOutput } from 'valibot';
import { defineMutator, type MutationContext, type Mutator, type ReadTx } from '../mutation/mutator.ts';
import type { Ticket, TimelineAction } from './ticket.ts';
import { readTicket, requireState, requireStep } from './ticket-policy.ts';
import { rolesAsked, targetOf, type TicketAction } from './ticket-transitions.ts';
import { byRoleOf, withEntry } from './timeline.ts';

interface StepChange {
  /** Fields that change besides the state, or with it where the words decide. */
  change?: Partial<Ticket>;
  text: string;
  /** The text is shown to the resident. */
  open: boolean;
  /** Where the words make it something else than the step's own entry. */
  entry?: TimelineAction;
}

interface StepDefinition<S extends GenericSchema<unknown, { id: string }>> {
  action: TicketAction;
  args: S;
  /** How the timeline calls it. */
  entry: TimelineAction;
  /** What was said; throws Refusal. */
  step(ticket: Ticket, args: InferOutput<S>, ctx: MutationContext, tx: ReadTx): StepChange;
}

/** A step of a ticket that is there: policy, state, change and an entry in the timeline, in this order. */
export function defineStep<S extends GenericSchema<unknown, { id: string }>>(
  definition: StepDefinition<S>,
): Mutator<S> {
  const { action, args: schema } = definition;
  return defineMutator({
    name: `ticket.${action}`,
    version: 1,
    spaceKind: 'grid',
    args: schema,
    creates: false,
    homing: { records: ({ id }) => [{ kind: 'ticket', id }] },
    authorize(tx, args, ctx) {
      requireStep(tx, ctx, action, args.id);
    },
    apply(tx, args, ctx) {
      const ticket = readTicket(tx, ctx, args.id);
      requireState(action, ticket);
      const { change, text, open, entry = definition.entry } = definition.step(ticket, args, ctx, tx);
      const byRole = byRoleOf(ctx.actor, ticket.place.gridId, rolesAsked(action));
      const next = { ...ticket, state: targetOf(action) ?? ticket.state, ...change };
      tx.put('ticket', args.id, withEntry(next, ctx, { action: entry, byRole, text, open }));
    },
  });
}
