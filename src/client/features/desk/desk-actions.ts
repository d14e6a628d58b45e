import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { isHeldByClaim } from '../../../domain/ticket/ticket-transitions.ts';
import { publishBlock } from './publish-block.ts';

/** What a coordinator does to a ticket, in the order in which a list shows it. */
export const DESK_ACTIONS = [
  'accept',
  'publish',
  'dispatch',
  'start',
  'progress',
  'resolve',
  'followUp',
  'resume',
  'suspend',
  'merge',
  'return',
  'decline',
  'unpublish',
  'reopen',
] as const;
export type DeskAction = (typeof DESK_ACTIONS)[number];

/** The one next step of a state: what the desk is there for. */
function nextStep(ticket: Ticket): DeskAction | null {
  switch (ticket.state) {
    case 'logged':
      return 'accept';
    case 'reopened':
      return 'accept';
    case 'accepted':
      return ticket.kind === 'wish' && publishBlock(ticket) === null ? 'publish' : 'dispatch';
    case 'dispatched':
      return 'start';
    case 'inProgress':
      // A claimer reports on their own.
      return isHeldByClaim(ticket) ? null : 'resolve';
    case 'resolved':
      // 不满意 closes nothing: the matter is taken up again.
      return ticket.satisfaction === 'dissatisfied' ? 'reopen' : 'followUp';
    case 'suspended':
      return 'resume';
    default:
      return null;
  }
}

export interface DeskActions {
  /** At most one, for the place under the thumb. */
  primary: DeskAction | null;
  more: DeskAction[];
}

/** `allowed` is the domain's policy: what it refuses is not shown. */
export function deskActions(ticket: Ticket, allowed: (action: DeskAction) => boolean): DeskActions {
  // Of a wish the form says why it cannot go up; a problem is hardly ever meant for the wall.
  const hidden = ticket.kind === 'issue' && publishBlock(ticket) !== null;
  const open = DESK_ACTIONS.filter((action) => allowed(action) && !(hidden && action === 'publish'));
  const next = nextStep(ticket);
  const primary = next !== null && open.includes(next) ? next : null;
  return { primary, more: open.filter((action) => action !== primary) };
}
