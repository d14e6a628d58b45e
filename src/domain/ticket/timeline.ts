import type { Actor } from '../actor/actor.ts';
import { isVolunteerOf } from '../actor/actor.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import { derivedId } from '../place/place.ts';
import type { Ticket, TimelineAction, TimelineEntry } from './ticket.ts';
import type { TicketRole } from './ticket-transitions.ts';

/** In which capacity the actor acted, as the timeline names it. */
export function byRoleOf(actor: Actor, gridId: string, asked: readonly TicketRole[]): TimelineEntry['byRole'] {
  if (actor.kind !== 'member') return actor.kind;
  // Who could not have acted as a coordinator acted as a volunteer, also where the role is gone since.
  if (!asked.includes('coordinator')) return 'volunteer';
  if (!asked.includes('volunteer')) return 'coordinator';
  return isVolunteerOf(actor, gridId) || actor.roles.coordinator.length === 0 ? 'volunteer' : 'coordinator';
}

export interface EntryWords {
  action: TimelineAction;
  byRole: TimelineEntry['byRole'];
  text: string;
  /** Shown to the resident. */
  open: boolean;
}

/** The ticket with one more entry; `by` where it is not the actor's own name that is shown. */
export function withEntry(ticket: Ticket, ctx: MutationContext, words: EntryWords, by = ctx.actor.name): Ticket {
  const entry: TimelineEntry = {
    id: derivedId('entry', ctx.mid, words.action),
    at: ctx.at,
    action: words.action,
    byId: ctx.actor.id,
    byName: by,
    byRole: words.byRole,
    text: words.text,
    open: words.open,
  };
  return { ...ticket, timeline: [...ticket.timeline, entry], updatedAt: ctx.at };
}
