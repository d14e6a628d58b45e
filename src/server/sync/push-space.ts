import type { PushedMutation, PushResult } from '../../protocol/sync-messages.ts';
import { faultKind, isLasting } from '../db/database-fault.ts';
import type { ReadAtEnd, SharedWork } from '../db/group-commit.ts';
import type { Dependencies } from '../dependencies.ts';
import { countFault } from '../metrics/metrics.ts';
import { notePush } from '../metrics/note-push.ts';
import { readAuthor } from './author.ts';
import { inLockedSpaces, type LockedDesk, type LockedWork } from './in-locked-spaces.ts';
import { logFault } from './log-fault.ts';
import { runBatch, type PushContext } from './push-batch.ts';
import { readLastSeq } from './receipts.ts';

/** How long a phone waits after a fault of the database. */
const RETRY_AFTER_MS = 2000;

export interface Pushed<R> {
  result: PushResult;
  /** What was to be read with it; undefined where it has to be read by itself. */
  read?: R | undefined;
}

/**
 * Settles a batch of one space, in order of seq, in one transaction. Each mutation gets a durable receipt, or is
 * covered by `stop`; a fault of the database leaves nothing and asks the phone to try again. [I1–I4]
 * Over SQLite `read` can have its answer from the same transaction.
 */
export async function pushSpace<R>(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
  read?: SharedWork<R>,
): Promise<Pushed<R>> {
  try {
    return await settleBatch(deps, context, space, mutations, { holdAll: false, read });
  } catch (error) {
    logFault(deps.logger, 'a push failed as a whole', error);
    noteFault(deps, error);
    if (isLasting(error)) return { result: await pushOneByOne(deps, context, space, mutations) };
    return { result: await retryLater(deps, context, space, mutations) };
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
  for (const holdAll of [false, true]) {
    try {
      return (await settleBatch(deps, context, space, [mutation], { holdAll })).result;
    } catch (error) {
      logFault(deps.logger, holdAll ? 'a mutation cannot even be held' : 'a mutation fails by itself', error);
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

async function settleBatch<R>(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
  { holdAll, read }: { holdAll: boolean; read?: SharedWork<R> | undefined },
): Promise<Pushed<R>> {
  type Settled = Awaited<ReturnType<typeof runBatch>> & { read?: R | undefined };
  const work = async (desk: LockedDesk): Promise<LockedWork<Settled>> => {
    const author = await readAuthor(desk.trx, context.session);
    const ver = (desk.locked.get(space)?.ver ?? 0) + 1;
    const parts = { deps, desk, context, author, space, ver, holdAll };
    const ran = await runBatch(parts, mutations);
    const settled = ran.result.receipts.length;
    if (settled > 0) await context.noteSettled(desk.trx, context.settled + settled);
    return { result: ran, alsoBump: new Set(ran.fresh.length > 0 ? [space] : []) };
  };
  // What only reads must not undo what was written: it is tried once more by itself.
  const atEnd: ReadAtEnd<Settled> | undefined =
    read && (async (trx, ran) => ({ ...ran, read: await read(trx).catch(() => undefined) }));
  const ran = await inLockedSpaces(deps, space, context.now, work, atEnd);
  context.settled += ran.result.receipts.length;
  notePush(deps, context, mutations, ran.result, ran.fresh);
  return { result: ran.result, read: ran.read };
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
