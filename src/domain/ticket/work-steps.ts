import { refuseUnless } from '../mutation/refusal.ts';
import { hasResultPhoto } from '../photo/media-of.ts';
import { defineStep } from './define-step.ts';
import { NOBODY } from './handler.ts';
import {
  ticketDispatchArgs,
  ticketProgressArgs,
  ticketPublishArgs,
  ticketReasonArgs,
  ticketResolveArgs,
  ticketStartArgs,
} from './ticket-args.ts';

/**
 * 发布, a wish to the wall or a problem opened for 领办. The card itself is a reaction's; its text was confirmed
 * here and is none of what was written at the door.
 */
export const publishTicket = defineStep({
  action: 'publish',
  args: ticketPublishArgs,
  entry: 'published',
  step(ticket, args) {
    refuseUnless(ticket.consent.publish, 'consentMissing');
    refuseUnless(!ticket.sensitive || ticket.consent.sensitive === true, 'consentMissing');
    refuseUnless(!ticket.sensitive || !args.public, 'sensitivePublic');
    return { change: { ...NOBODY }, text: args.cardText, open: true };
  },
});

/** Takes the card down, and with it a claim that is on it. */
export const unpublishTicket = defineStep({
  action: 'unpublish',
  args: ticketReasonArgs,
  entry: 'unpublished',
  step: (_ticket, { reason }) => ({ change: NOBODY, text: reason, open: false }),
});

/** 派单 to a unit, once more too where the first was the wrong one. */
export const dispatchTicket = defineStep({
  action: 'dispatch',
  args: ticketDispatchArgs,
  entry: 'dispatched',
  step: (_ticket, { leadUnit, jointUnits, note }) => ({
    change: { handlerId: null, handlerName: leadUnit, leadUnit, jointUnits },
    text: note,
    open: false,
  }),
});

/** Work begins; who says so answers for it, in the unit's name where there is one. */
export const startTicket = defineStep({
  action: 'start',
  args: ticketStartArgs,
  entry: 'started',
  step: (ticket, { note }, { actor }) => ({
    change: { handlerId: actor.id, handlerName: ticket.leadUnit === '' ? actor.name : ticket.leadUnit },
    text: note,
    open: false,
  }),
});

export const progressTicket = defineStep({
  action: 'progress',
  args: ticketProgressArgs,
  entry: 'progress',
  step: (_ticket, { text, open }) => ({ text, open }),
});

/** State and outcome are two things: a result is there, in words or in a photo, whatever came of it. */
export const resolveTicket = defineStep({
  action: 'resolve',
  args: ticketResolveArgs,
  entry: 'resolved',
  step(ticket, { outcome, result }) {
    refuseUnless(result !== '' || hasResultPhoto(ticket), 'resultMissing');
    return { change: { outcome, result, satisfaction: null }, text: result, open: true };
  },
});
