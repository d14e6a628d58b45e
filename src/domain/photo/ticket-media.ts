import { isCoordinatorOfGrid, type Actor } from '../actor/actor.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { defineStep } from '../ticket/define-step.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { rolesAsked } from '../ticket/ticket-transitions.ts';
import { byRoleOf } from '../ticket/timeline.ts';
import type { MediaRef } from './media.ts';
import { ticketAddMediaArgs, ticketRemoveMediaArgs, ticketShowMediaArgs } from './media-args.ts';
import { isByHand, withoutHand } from './media-hands.ts';
import { hasResultPhoto, mediaOf } from './media-of.ts';
import { withAdded } from './with-added.ts';

/**
 * Photos and voice notes of those who work in the grid. Whoever has no access any more has it held like what they
 * logged: a photo is a thing recorded, not a decision over one.
 */
export const addTicketMedia = {
  ...defineStep({
    action: 'addMedia',
    args: ticketAddMediaArgs,
    entry: 'mediaAdded',
    step(ticket, { media }, ctx) {
      const byRole = byRoleOf(ctx.actor, ticket.place.gridId, rolesAsked('addMedia'));
      const hand = byRole === 'coordinator' ? 'coordinator' : 'volunteer';
      return { change: { media: withAdded(mediaOf(ticket), media, hand, ctx) }, text: '', open: false };
    },
  }),
  creates: true,
};

type InTicket = Pick<Ticket, 'place'>;

/** Whoever added it, and a coordinator whosever it is. */
export const mayTakeAway = (actor: Actor, { place }: InTicket, one: MediaRef): boolean =>
  isCoordinatorOfGrid(actor, place.gridId) || isByHand(one, actor.id);

/** What is left of it then: what another added as well, where a coordinator does not take it away for all. */
export const leftBehind = (actor: Actor, { place }: InTicket, one: MediaRef): MediaRef | null =>
  isCoordinatorOfGrid(actor, place.gridId) ? null : withoutHand(one, actor.id);

/** A result that nothing is written of keeps the photo that shows it. */
export const removeTicketMedia = defineStep({
  action: 'removeMedia',
  args: ticketRemoveMediaArgs,
  entry: 'mediaRemoved',
  step(ticket, { sha }, { actor }) {
    const one = findMedia(ticket, sha);
    refuseUnless(mayTakeAway(actor, ticket, one), 'forbidden');
    const left = leftBehind(actor, ticket, one);
    const media = mediaOf(ticket).flatMap((other) => (other !== one ? [other] : left === null ? [] : [left]));
    refuseUnless(!standsOnPhoto(ticket) || hasResultPhoto({ media }), 'resultMissing');
    return { change: { media }, text: '', open: false };
  },
});

/** Whether the resident sees it on the slip's page; nothing does by itself. */
export const showTicketMedia = defineStep({
  action: 'showMedia',
  args: ticketShowMediaArgs,
  entry: 'mediaShown',
  step(ticket, { sha, show }) {
    findMedia(ticket, sha);
    const media = mediaOf(ticket).map((one) => (one.sha === sha ? { ...one, forResident: show } : one));
    return { change: { media }, text: '', open: false, entry: show ? 'mediaShown' : 'mediaHidden' };
  },
});

function findMedia(ticket: Ticket, sha: string): MediaRef {
  const one = mediaOf(ticket).find((media) => media.sha === sha);
  refuseUnless(one, 'notFound');
  return one;
}

/** It has a result that nothing is written of. */
const standsOnPhoto = (ticket: Ticket): boolean =>
  (ticket.state === 'resolved' || ticket.state === 'closed') && ticket.result === '' && hasResultPhoto(ticket);
