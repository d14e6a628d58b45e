import { takenBefore } from '../photo/changed-media.ts';
import { defineStep } from './define-step.ts';
import { NOBODY } from './handler.ts';
import type { Satisfaction, Ticket } from './ticket.ts';
import {
  ticketAddArgs,
  ticketConfirmArgs,
  ticketFollowUpArgs,
  ticketRateArgs,
  ticketReasonArgs,
} from './ticket-args.ts';

/** Closed needs a word that it is done; 不满意 is not that word, and leaves the way to 重新办理 open. */
const closing = (ticket: Ticket, said: Satisfaction | null): Partial<Ticket> => ({
  state: said === 'dissatisfied' ? ticket.state : 'closed',
  satisfaction: said ?? ticket.satisfaction,
});

/** The resident's own word. */
export const confirmTicket = defineStep({
  action: 'confirm',
  args: ticketConfirmArgs,
  entry: 'confirmed',
  step: (ticket, { satisfaction }) => ({
    change: closing(ticket, satisfaction),
    text: '',
    open: true,
    entry: satisfaction === 'dissatisfied' ? 'rated' : 'confirmed',
  }),
});

/** 回访, by someone other than the handler. */
export const followUpTicket = defineStep({
  action: 'followUp',
  args: ticketFollowUpArgs,
  entry: 'followedUp',
  step: (ticket, { satisfaction, note }) => ({ change: closing(ticket, satisfaction), text: note, open: false }),
});

export const rateTicket = defineStep({
  action: 'rate',
  args: ticketRateArgs,
  entry: 'rated',
  step: (_ticket, { satisfaction, text }) => ({ change: { satisfaction }, text, open: true }),
});

/** A line of the resident's, at any time. */
export const addToTicket = defineStep({
  action: 'add',
  args: ticketAddArgs,
  entry: 'added',
  step: (_ticket, { text }) => ({ text, open: true }),
});

/** 重新办理: what came of it before stays in the timeline alone. */
export const reopenTicket = defineStep({
  action: 'reopen',
  args: ticketReasonArgs,
  entry: 'reopened',
  step: (ticket, { reason }) => ({
    change: { ...NOBODY, ...takenBefore(ticket), outcome: null, result: '', satisfaction: null },
    text: reason,
    open: true,
  }),
});
