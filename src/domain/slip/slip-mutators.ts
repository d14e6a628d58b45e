import { requireGridWorker } from '../grid/grid-policy.ts';
import { createOnce } from '../mutation/create-once.ts';
import { defineMutator, type MutationContext, type WriteTx } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import type { Slip } from './slip.ts';
import { slipAddArgs, slipIssueArgs } from './slip-args.ts';
import { readSlipCode } from './slip-code.ts';

/** What the resident holds. It may come before its tickets: one that is put right after a refusal keeps its slip. */
export const issueSlip = defineMutator({
  name: 'slip.issue',
  version: 1,
  spaceKind: 'grid',
  args: slipIssueArgs,
  creates: true,
  homing: {
    records: ({ ticketIds }) => ticketIds.map((id) => ({ kind: 'ticket', id })),
    brings: ({ contactId }) => [{ kind: 'contact', id: contactId }],
  },
  authorize(_tx, _args, ctx) {
    requireGridWorker(ctx);
  },
  apply(tx, { id, ...issued }, ctx) {
    refuseUnless(readSlipCode(issued.code) === issued.code, 'invalid');
    requireSensitiveAlone(tx, ctx, issued.ticketIds);
    const slip: Slip = { ...issued, createdAt: ctx.at };
    createOnce(tx, ctx.space, 'slip', id, slip, (existing) => isSameSlip(existing, slip));
    nameSlipIn(tx, ctx, id, issued.ticketIds);
  },
});

export const addToSlip = defineMutator({
  name: 'slip.add',
  version: 1,
  spaceKind: 'grid',
  args: slipAddArgs,
  creates: true,
  homing: { records: ({ id }) => [{ kind: 'slip', id }] },
  authorize(_tx, _args, ctx) {
    requireGridWorker(ctx);
  },
  apply(tx, { id, ticketId }, ctx) {
    const slip = tx.get(ctx.space, 'slip', id);
    refuseUnless(slip, 'notFound');
    if (slip.ticketIds.includes(ticketId)) return;
    const ticketIds = [...slip.ticketIds, ticketId];
    requireSensitiveAlone(tx, ctx, ticketIds);
    tx.put('slip', id, { ...slip, ticketIds });
    nameSlipIn(tx, ctx, id, [ticketId]);
  },
});

const isSameSlip = (a: Slip, b: Slip): boolean =>
  a.code === b.code &&
  a.contactId === b.contactId &&
  a.proof === b.proof &&
  b.ticketIds.every((ticketId) => a.ticketIds.includes(ticketId));

/** Whoever reads a slip over someone's shoulder must not learn of a sensitive matter. */
function requireSensitiveAlone(tx: WriteTx, ctx: MutationContext, ticketIds: readonly string[]): void {
  const sensitive = ticketIds.some((ticketId) => tx.get(ctx.space, 'ticket', ticketId)?.sensitive === true);
  refuseUnless(ticketIds.length === 1 || !sensitive, 'invalid');
}

/** The ticket knows which slip opens it: the resident's steps are checked against that. */
function nameSlipIn(tx: WriteTx, ctx: MutationContext, slipId: string, ticketIds: readonly string[]): void {
  for (const ticketId of ticketIds) {
    const ticket = tx.get(ctx.space, 'ticket', ticketId);
    if (ticket?.slipId === null) tx.put('ticket', ticketId, { ...ticket, slipId });
  }
}
