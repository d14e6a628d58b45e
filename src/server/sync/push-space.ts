import type { PushedMutation, PushResult } from '../../protocol/sync-messages.ts';
import { faultKind, isLasting } from '../db/database-fault.ts';
import type { Dependencies } from '../dependencies.ts';
import { countFault } from '../metrics/metrics.ts';
import { notePush } from '../metrics/note-push.ts';
import { readAuthor } from './author.ts';
import { inLockedSpaces } from './in-locked-spaces.ts';
import { logFault } from './log-fault.ts';
import { runBatch, type PushContext } from './push-batch.ts';
import { readLastSeq } from './receipts.ts';

/** How long a phone waits after a fault of the database. */
const RETRY_AFTER_MS = 2000;

/**
 * Settles a batch of one space, in order of seq, in one transaction. Each mutation gets a durable receipt, or is
 * covered by `stop`; a fault of the database leaves nothing and asks the phone to try again. [I1–I4]
 */
export async function pushSpace(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
): Promise<PushResult> {
  try {
    return await settleBatch(deps, context, space, mutations, false);
  } catch (error) {
    logFault(deps.logger, 'a push failed as a whole', error);
    noteFault(deps, error);
    if (isLasting(error)) return pushOneByOne(deps, context, space, mutations);
    return retryLater(deps, context, space, mutations);
  }
}

/** Something in the batch fails each time. Whatever does so by itself is held: it must not block the others. [L3] */
async function pushOneByOne(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
): Promise<PushResult> {
  const receipts: PushResult['receipts'] = [];
  let lastSeq = 0;
  for (const mutation of mutations) {
    const one = await pushOne(deps, context, space, mutation);
    receipts.push(...one.receipts);
    lastSeq = one.lastSeq;
    if (one.stop) return { ...one, receipts };
  }
  return { space, lastSeq, receipts, stop: null };
}

async function pushOne(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutation: PushedMutation,
): Promise<PushResult> {
  for (const hold of [false, true]) {
    try {
      return await settleBatch(deps, context, space, [mutation], hold);
    } catch (error) {
      logFault(deps.logger, hold ? 'a mutation cannot even be held' : 'a mutation fails by itself', error);
      noteFault(deps, error);
      if (!isLasting(error)) break;
    }
  }
  return retryLater(deps, context, space, [mutation]);
}

function noteFault({ disk, metrics }: Dependencies, error: unknown): void {
  disk.note(error);
  countFault(metrics, faultKind(error));
}

async function settleBatch(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
  holdAll: boolean,
): Promise<PushResult> {
  const { result, fresh } = await inLockedSpaces(deps, space, context.now, async (desk) => {
    const author = await readAuthor(desk.trx, context.session);
    const ver = (desk.locked.get(space)?.ver ?? 0) + 1;
    const parts = { deps, desk, context, author, space, ver, holdAll };
    const ran = await runBatch(parts, mutations);
    const settled = ran.result.receipts.length;
    if (settled > 0) await context.noteSettled(desk.trx, context.settled + settled);
    return { result: ran, alsoBump: new Set(ran.fresh.length > 0 ? [space] : []) };
  });
  context.settled += result.receipts.length;
  notePush(deps, context, mutations, result, fresh);
  return result;
}

async function retryLater(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
): Promise<PushResult> {
  const lastSeq = await readLastSeq(deps.db, context.client, space);
  const stop = { seq: mutations[0]?.seq ?? 1, reason: 'retry', retryAfterMs: RETRY_AFTER_MS } as const;
  notePush(deps, context, mutations, { space, stop }, []);
  return { space, lastSeq, receipts: [], stop };
}
