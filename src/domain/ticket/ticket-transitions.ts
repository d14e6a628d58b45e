import type { Actor } from '../actor/actor.ts';
import { isCoordinatorOfGrid, isVolunteerOf } from '../actor/actor.ts';
import type { RefusalCode } from '../mutation/refusal.ts';
import type { Ticket, TicketState } from './ticket.ts';

/** Who stands before a ticket. Everyone else, an admin or a claimer as such too, may do nothing to it. */
export type TicketRole = 'volunteer' | 'coordinator' | 'resident';

interface Step {
  /** From which states each role may take it. */
  from: Readonly<Partial<Record<TicketRole, readonly TicketState[]>>>;
  /** Where it leads; null: stays, or depends on what was said. */
  to: TicketState | null;
}

/** Not yet dealt with: everything before a result. */
const UNDER_WAY = [
  'logged',
  'returned',
  'accepted',
  'published',
  'claimed',
  'dispatched',
  'inProgress',
  'suspended',
  'reopened',
] as const satisfies readonly TicketState[];

/** Neither taken back nor made one with another. */
const STILL_ITS_OWN = [...UNDER_WAY, 'resolved', 'closed', 'declined'] as const satisfies readonly TicketState[];

/**
 * A ticket's life (design §4):
 *
 *     logged → accepted → (published → claimed | dispatched) → inProgress → resolved → closed
 *        ↕         ↓                                               ↕            ↓         ↓
 *     returned  declined, merged                               suspended     reopened → accepted …
 *
 * `claimed`, and back to `published`, follow from what happens to the card; see `claim/`.
 */
const STEPS = {
  amend: { from: { volunteer: UNDER_WAY, coordinator: UNDER_WAY }, to: null },
  resubmit: { from: { volunteer: ['returned'], coordinator: ['returned'] }, to: 'logged' },
  withdraw: { from: { volunteer: ['logged', 'returned'], coordinator: UNDER_WAY }, to: 'withdrawn' },
  accept: { from: { coordinator: ['logged', 'reopened'] }, to: 'accepted' },
  return: { from: { coordinator: ['logged', 'accepted', 'reopened'] }, to: 'returned' },
  decline: { from: { coordinator: ['logged', 'returned', 'accepted', 'suspended', 'reopened'] }, to: 'declined' },
  merge: {
    from: { coordinator: ['logged', 'returned', 'accepted', 'dispatched', 'suspended', 'reopened'] },
    to: 'merged',
  },
  publish: { from: { coordinator: ['accepted', 'reopened'] }, to: 'published' },
  unpublish: { from: { coordinator: ['published', 'claimed', 'inProgress'] }, to: 'accepted' },
  dispatch: { from: { coordinator: ['accepted', 'dispatched', 'reopened'] }, to: 'dispatched' },
  start: {
    from: { volunteer: ['accepted', 'dispatched'], coordinator: ['accepted', 'dispatched', 'reopened'] },
    to: 'inProgress',
  },
  progress: {
    from: {
      volunteer: ['claimed', 'dispatched', 'inProgress', 'suspended'],
      coordinator: ['claimed', 'dispatched', 'inProgress', 'suspended'],
    },
    to: null,
  },
  resolve: {
    from: { volunteer: ['inProgress'], coordinator: ['claimed', 'dispatched', 'inProgress'] },
    to: 'resolved',
  },
  addMedia: { from: { volunteer: STILL_ITS_OWN, coordinator: STILL_ITS_OWN }, to: null },
  removeMedia: { from: { volunteer: STILL_ITS_OWN, coordinator: STILL_ITS_OWN }, to: null },
  showMedia: { from: { coordinator: STILL_ITS_OWN }, to: null },
  followUp: { from: { volunteer: ['resolved'], coordinator: ['resolved'] }, to: null },
  suspend: {
    from: { coordinator: ['accepted', 'dispatched', 'inProgress', 'suspended', 'reopened'] },
    to: 'suspended',
  },
  resume: { from: { coordinator: ['suspended'] }, to: null },
  reopen: {
    from: {
      volunteer: ['resolved', 'closed', 'declined'],
      coordinator: ['resolved', 'closed', 'declined'],
      resident: ['resolved', 'closed', 'declined'],
    },
    to: 'reopened',
  },
  confirm: { from: { resident: ['resolved'] }, to: null },
  rate: { from: { resident: ['resolved', 'closed'] }, to: null },
  add: { from: { resident: STILL_ITS_OWN }, to: null },
} as const satisfies Record<string, Step>;

/** The part of a mutator's name behind `ticket.`, for every step of a ticket that is there. */
export type TicketAction = keyof typeof STEPS;

export const TICKET_ACTIONS = Object.keys(STEPS) as readonly TicketAction[];

const stepOf = (action: TicketAction): Step => STEPS[action];

/** Which roles may ever take it. */
export const rolesAsked = (action: TicketAction): TicketRole[] => Object.keys(stepOf(action).from) as TicketRole[];

/** Where an action leads; null where the ticket stays or its words decide. */
export const targetOf = (action: TicketAction): TicketState | null => stepOf(action).to;

/** What anybody at all may do in this state. */
export const ticketActionsFor = (state: TicketState): TicketAction[] =>
  TICKET_ACTIONS.filter((action) => Object.values(stepOf(action).from).some((states) => states.includes(state)));

/** No more is to be done. */
const ENDED: ReadonlySet<TicketState> = new Set(['closed', 'declined', 'withdrawn', 'merged']);
export const hasEnded = (state: TicketState): boolean => ENDED.has(state);

const TAKEN_UP = new Set(['claimed']);
const LET_GO = new Set(['started', 'dispatched', 'released', 'expired', 'unpublished', 'reopened', 'published']);

/** Is a claimer at work on it, rather than a unit or a coordinator? */
export function isHeldByClaim(ticket: Pick<Ticket, 'state' | 'timeline'>): boolean {
  if (ticket.state === 'claimed') return true;
  if (ticket.state !== 'inProgress') return false;
  const last = ticket.timeline.findLast(({ action }) => TAKEN_UP.has(action) || LET_GO.has(action));
  return last?.action === 'claimed';
}

/** Who wrote the result that stands. */
const resolverOf = (ticket: Ticket): string | undefined =>
  ticket.timeline.findLast(({ action }) => action === 'resolved')?.byId;

/** As whom the actor stands before this ticket; a person can be both volunteer and coordinator. */
function ticketRolesOf(actor: Actor, ticket: Ticket): TicketRole[] {
  if (actor.kind === 'resident') return ticket.slipId === actor.id ? ['resident'] : [];
  const roles: TicketRole[] = [];
  if (isVolunteerOf(actor, ticket.place.gridId)) roles.push('volunteer');
  if (isCoordinatorOfGrid(actor, ticket.place.gridId)) roles.push('coordinator');
  return roles;
}

/** Why the actor cannot take this step now, by role and state alone; null where they can. */
export function blockOf(actor: Actor, action: TicketAction, ticket: Ticket): RefusalCode | null {
  const { from } = stepOf(action);
  const roles = ticketRolesOf(actor, ticket).filter((role) => from[role] !== undefined);
  if (roles.length === 0) return 'forbidden';
  return stateBlockOf(action, ticket, roles) ?? personBlockOf(actor, action, ticket, roles);
}

/** The state's side of it alone; `roles` left out: for anyone. */
export function stateBlockOf(
  action: TicketAction,
  ticket: Ticket,
  roles: readonly TicketRole[] = ['volunteer', 'coordinator', 'resident'],
): RefusalCode | null {
  const { from } = stepOf(action);
  if (!roles.some((role) => from[role]?.includes(ticket.state))) return 'state';
  const held = isHeldByClaim(ticket);
  if (action === 'unpublish' && ticket.state === 'inProgress' && !held) return 'state';
  // Who holds the claim lets it go first, or the coordinator takes the card down.
  if (action === 'suspend' && held) return 'state';
  return null;
}

function personBlockOf(
  actor: Actor,
  action: TicketAction,
  ticket: Ticket,
  roles: readonly TicketRole[],
): RefusalCode | null {
  // A volunteer writes the result only of what they took in hand themselves.
  if (action === 'resolve' && !roles.includes('coordinator') && ticket.handlerId !== actor.id) return 'forbidden';
  const handled = ticket.handlerId === actor.id || resolverOf(ticket) === actor.id;
  return action === 'followUp' && handled ? 'selfFollowUp' : null;
}

/** May the actor take this step now? The interface hides what would be refused. */
export const canDo = (actor: Actor, action: TicketAction, ticket: Ticket): boolean =>
  blockOf(actor, action, ticket) === null;
