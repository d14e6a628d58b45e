import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import { Refusal, refuseUnless } from '../mutation/refusal.ts';
import { worksInGrid } from '../grid/grid-policy.ts';
import { ownerOf } from '../space/space.ts';
import type { Ticket } from './ticket.ts';
import { blockOf, stateBlockOf, type TicketAction } from './ticket-transitions.ts';

/** The ticket of this space; `notFound` only to those who may know what is there. */
export function readTicket(tx: ReadTx, ctx: MutationContext, id: string): Ticket {
  const ticket = tx.get(ctx.space, 'ticket', id);
  refuseUnless(ticket, 'notFound');
  return ticket;
}

/** May the actor take this step with this ticket? Throws `forbidden`, `notFound`, `state` or `selfFollowUp`. */
export function requireStep(tx: ReadTx, ctx: MutationContext, action: TicketAction, id: string): void {
  const { actor, space } = ctx;
  const gridId = ownerOf(space);
  refuseUnless(actor.kind === 'resident' || worksInGrid(actor, gridId), 'forbidden');
  const ticket = tx.get(space, 'ticket', id);
  if (ticket === undefined) throw new Refusal(actor.kind === 'resident' ? 'forbidden' : 'notFound');
  const block = blockOf(actor, action, ticket);
  if (block !== null) throw new Refusal(block, block === 'state' ? { state: ticket.state } : {});
}

/** The same without the person: holds also for what a coordinator accepts on someone's behalf. */
export function requireState(action: TicketAction, ticket: Ticket): void {
  if (stateBlockOf(action, ticket) !== null) throw new Refusal('state', { state: ticket.state });
}
