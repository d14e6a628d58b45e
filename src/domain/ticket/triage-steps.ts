import { refuseUnless } from '../mutation/refusal.ts';
import { defineStep } from './define-step.ts';
import { NOBODY, resumedState } from './handler.ts';
import { isReviewDay } from './review-day.ts';
import { ticketAcceptArgs, ticketIdArgs, ticketMergeArgs, ticketReasonArgs, ticketSuspendArgs } from './ticket-args.ts';

/** 受理: the coordinator takes it up, and may set another tier. The clock goes on from `loggedAt`. */
export const acceptTicket = defineStep({
  action: 'accept',
  args: ticketAcceptArgs,
  entry: 'accepted',
  step: (ticket, { tier }) => ({ change: { tier: tier ?? ticket.tier }, text: '', open: true }),
});

/** 退回补充: back to the volunteer, with what is missing. */
export const returnTicket = defineStep({
  action: 'return',
  args: ticketReasonArgs,
  entry: 'returned',
  step: (_ticket, { reason }) => ({ change: NOBODY, text: reason, open: false }),
});

/** The volunteer hands it in again; it has waited since it was logged. */
export const resubmitTicket = defineStep({
  action: 'resubmit',
  args: ticketIdArgs,
  entry: 'resubmitted',
  step: () => ({ text: '', open: true }),
});

/** 不予受理, with a reason that the resident reads. */
export const declineTicket = defineStep({
  action: 'decline',
  args: ticketReasonArgs,
  entry: 'declined',
  step: (_ticket, { reason }) => ({ change: { ...NOBODY, reviewOn: null }, text: reason, open: true }),
});

/** 撤回 */
export const withdrawTicket = defineStep({
  action: 'withdraw',
  args: ticketReasonArgs,
  entry: 'withdrawn',
  step: (_ticket, { reason }) => ({ change: { ...NOBODY, reviewOn: null }, text: reason, open: true }),
});

/** 合并: goes on under another matter of the same grid, which is not itself merged. */
export const mergeTicket = defineStep({
  action: 'merge',
  args: ticketMergeArgs,
  entry: 'merged',
  step(_ticket, { id, into }, ctx, tx) {
    refuseUnless(into !== id, 'invalid');
    const target = tx.get(ctx.space, 'ticket', into);
    refuseUnless(target, 'notFound');
    refuseUnless(target.state !== 'merged' && target.state !== 'withdrawn', 'state', { state: target.state });
    return { change: { ...NOBODY, mergedInto: into, reviewOn: null }, text: '', open: true };
  },
});

/** 挂账: cannot be done now; looked at again on a day within the month, and then perhaps for another one. */
export const suspendTicket = defineStep({
  action: 'suspend',
  args: ticketSuspendArgs,
  entry: 'suspended',
  step(_ticket, { reason, reviewOn }, { at }) {
    refuseUnless(isReviewDay(reviewOn, at), 'invalid');
    return { change: { reviewOn }, text: reason, open: true };
  },
});

/** Goes on where it was laid aside. */
export const resumeTicket = defineStep({
  action: 'resume',
  args: ticketIdArgs,
  entry: 'resumed',
  step: (ticket) => ({ change: { state: resumedState(ticket), reviewOn: null }, text: '', open: true }),
});
