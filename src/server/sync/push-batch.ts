import type { Kysely } from 'kysely';
import { mayPushTo } from '../../domain/space/space-access.ts';
import type { PushedMutation, PushResult, Receipt } from '../../protocol/sync-messages.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Author } from './author.ts';
import type { LockedDesk } from './in-locked-spaces.ts';
import { knownName, logFault } from './log-fault.ts';
import { insertReceipts, readLastSeq, readReceiptsOfMids, readReceiptsOfSeqs } from './receipts.ts';
import { reckonTime } from './reckon-time.ts';
import { settleMutation, type Outcome } from './settle-mutation.ts';

export interface PushContext {
  session: { id: string; memberId: string; revoked: boolean };
  client: string;
  now: number;
  /** The phone's clock when it sent the request. */
  sentAt: number;
  /** The server's clock when the client last had nothing waiting; null: never. */
  drainedAt: number | null;
  /** How many of the request's mutations have been settled so far. */
  settled: number;
  /** Writes down what waits on the client once so many are settled. */
  noteSettled(db: Kysely<Database>, settled: number): Promise<void>;
}

export interface BatchParts {
  deps: Dependencies;
  desk: LockedDesk;
  context: PushContext;
  author: Author;
  space: string;
  /** The version that whatever is settled here gets. */
  ver: number;
  /** Run nothing, hold everything: the database does not take what it makes. */
  holdAll: boolean;
}

/**
 * One run over a batch, in order of seq; thrown away with its transaction.
 *
 *     seq > last + 1                  → stop: gap
 *     seq ≤ last, another mid or none → stop: fork
 *     seq ≤ last, the same mid        → the stored receipt
 *     the mid under another client    → the receipt that it got there
 *     else                            → run, and a new receipt
 *
 * `fresh` are the receipts that no pull has brought yet.
 */
export async function runBatch(
  parts: BatchParts,
  mutations: readonly PushedMutation[],
): Promise<{ result: PushResult; fresh: readonly Receipt[] }> {
  const { context, space, author, ver } = parts;
  const { trx } = parts.desk;
  let lastSeq = await readLastSeq(trx, context.client, space);
  const old = mutations.filter(({ seq }) => seq <= lastSeq).map(({ seq }) => seq);
  const bySeq = await readReceiptsOfSeqs(trx, context.client, space, old);
  const mids = mutations.map(({ mid }) => mid);
  const byMid = await readReceiptsOfMids(trx, author.memberId, space, mids);
  const receipts: Receipt[] = [];
  const fresh: Receipt[] = [];
  let stop: PushResult['stop'] = null;
  for (const mutation of mutations) {
    const { seq, mid } = mutation;
    const stored = bySeq.get(seq);
    if (seq > lastSeq + 1) stop = { seq, reason: 'gap', retryAfterMs: null };
    // Of a seq whose receipt is missing nobody can say that it was this mutation's: to call it settled could lose it.
    else if (seq <= lastSeq && stored?.mid !== mid) stop = { seq, reason: 'fork', retryAfterMs: null };
    if (stop) break;
    if (stored) {
      receipts.push(stored);
      continue;
    }
    const { status, code, data } = byMid.get(mid) ?? (await settle(parts, mutation));
    const receipt: Receipt = { seq, mid, status, code, data, ver };
    byMid.set(mid, receipt);
    bySeq.set(seq, receipt);
    receipts.push(receipt);
    fresh.push(receipt);
    lastSeq = seq;
  }
  await insertReceipts(trx, context.client, space, fresh, context.now);
  return { result: { space, lastSeq, receipts, stop }, fresh };
}

async function settle(parts: BatchParts, mutation: PushedMutation): Promise<Outcome> {
  const { now, sentAt, drainedAt } = parts.context;
  const notBefore = drainedAt ?? parts.author.createdAt;
  const at = reckonTime(mutation.at, { now, sentAt, notBefore });
  const outcome = await decide(parts, mutation, at);
  if (outcome.status === 'quarantined') await hold(parts, mutation, at, outcome.code);
  if (outcome.fault) {
    const { logger, rules } = parts.deps;
    logFault(logger, `mutation ${knownName(rules.mutators, mutation.name)} is held for a fault`, outcome.fault);
  }
  return outcome;
}

async function decide(parts: BatchParts, mutation: PushedMutation, at: number): Promise<Outcome> {
  const { desk, deps, author, space } = parts;
  if (author.revoked) return { status: 'quarantined', code: 'revoked', data: {} };
  if (parts.holdAll || mutation.quarantine) {
    // Who decides has to know that it would be done for somebody who could not do it any more.
    const code = !mayPushTo(author.actor, space) ? 'noAccess' : parts.holdAll ? 'fault' : 'asked';
    return { status: 'quarantined', code, data: {} };
  }
  const ctx = { actor: author.actor, space, mid: mutation.mid, at, deviceAt: mutation.at, now: parts.context.now };
  return settleMutation(desk, deps.rules, mutation, ctx, { mayWrite: (where) => mayPushTo(author.actor, where) });
}

async function hold(parts: BatchParts, mutation: PushedMutation, at: number, reason: string): Promise<void> {
  const { desk, deps, context, author, space } = parts;
  await desk.trx
    .insertInto('held')
    .values({
      id: deps.newId(),
      client: context.client,
      member_id: author.memberId,
      member_name: author.name,
      space,
      mid: mutation.mid,
      mutation: mutation.name,
      version: mutation.v,
      args: JSON.stringify(mutation.args ?? null),
      reason,
      at,
      device_at: mutation.at,
      received_at: context.now,
      resolved_at: null,
      resolved_by: null,
      resolution: null,
    })
    .execute();
}
