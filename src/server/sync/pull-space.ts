import type { Transaction } from 'kysely';
import { EMPTY_DIGEST } from '../../protocol/digest.ts';
import type { LinesResponse } from '../../protocol/sync-lines.ts';
import type { Cursor, Page as JsonPage, SyncRequest, SyncResponse } from '../../protocol/sync-messages.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { endOfRun } from '../history/end-of-run.ts';
import { BEGINNING, endOf, fromCursor, mayBeGone, runOf, seenOf, toCursor } from './pull-cursor.ts';
import { readLastSeq, readLastSeqAt, readReceipts } from './receipts.ts';
import { NO_LINES, readLines } from './read-lines.ts';
import { readToPack, type PackedBefore, type Wanted } from './read-to-pack.ts';

type Page = LinesResponse['pages'][number];
export type Pull = SyncRequest['pull'][number];
export type Reset = SyncResponse['resets'][number];

export interface PullContext {
  /** Null where the phone names a client that is not its member's: it has no mutations and no receipts here. */
  client: string | null;
  /** The phone knows this database's epoch. */
  sameEpoch: boolean;
  /** The run that is now. */
  run: string;
  /** May the member hold this space as of this snapshot? */
  allows: (space: string) => boolean;
  /** The phone compares them: one that speaks protocol 1 knows digests of another kind. */
  digests: boolean;
  /** How many rows a page holds at most. */
  pageSize: number;
  /** How many rows the answer has room for; counted down, below 0 where a packed page is whole in spite of it. */
  room: number;
  /** What was packed before of this database; null where the phone takes nothing packed. */
  packed: PackedBefore | null;
}

interface SpaceState {
  ver: number;
  gcVer: number;
  digest: string;
}

/** Answers one followed space: its next page, or why its cache has to begin anew. Reads one snapshot. */
export async function pullSpace(
  trx: Transaction<Database>,
  context: PullContext,
  pull: Pull,
): Promise<{ page: Page } | { reset: Reset }> {
  const state = await readSpace(trx, pull.space);
  if (await isOfAnother(trx, context, pull)) return { reset: { space: pull.space, reason: 'epoch' } };
  if (!pull.rows || !context.allows(pull.space)) return { page: await receiptsOnly(trx, context, pull, state) };
  const reason = resetReason(context, pull, state);
  if (reason) return { reset: { space: pull.space, reason } };
  return { page: await nextPage(trx, context, pull, state) };
}

const findSpace = prepareQuery<{ id: string }, SpaceState>((db, arg) =>
  db.selectFrom('space').select(['ver', 'gc_ver as gcVer', 'digest']).where('id', '=', arg('id')),
);

async function readSpace(trx: Transaction<Database>, space: string): Promise<SpaceState> {
  const [row] = await findSpace(trx, { id: space });
  return row ?? { ver: 0, gcVer: 0, digest: EMPTY_DIGEST };
}

function resetReason({ sameEpoch }: PullContext, pull: Pull, state: SpaceState): Reset['reason'] | null {
  const { cursor, upTo, receiptsAfter } = pull;
  if (!sameEpoch && cursor) return 'epoch';
  if (Math.max(cursor?.ver ?? 0, upTo ?? 0, receiptsAfter) > state.ver) return 'future';
  if (cursor && missesTombstones(cursor, upTo, state.gcVer)) return 'gc';
  return null;
}

/**
 * The phone knows more of a run than there was when it ended here, or a run that never was: it has read on in a history
 * that went another way. Its version may have been reached here since, by other rows. [RS6]
 */
async function isOfAnother(trx: Transaction<Database>, { sameEpoch, run }: PullContext, pull: Pull): Promise<boolean> {
  const { space, cursor, upTo, receiptsAfter } = pull;
  const told = cursor && runOf(cursor);
  if (!sameEpoch || !told || told === run) return false;
  const end = await endOfRun(trx, space, told);
  return end === null || Math.max(seenOf(cursor), upTo ?? 0, receiptsAfter) > end;
}

/** A pull under way has read whatever lies before its cursor; behind it a tombstone may have gone since it began. */
function missesTombstones(cursor: Cursor, upTo: number | null, gcVer: number): boolean {
  if (upTo === null) return cursor.ver < gcVer;
  return gcVer > mayBeGone(cursor) && gcVer >= cursor.ver;
}

/** What was deleted before a phone holds anything does not matter to it; later on all that is there now does. */
function tombstonesToSpare({ cursor, upTo }: Pull, pinned: number, gcVer: number): number {
  if (cursor === null) return pinned;
  return upTo === null ? gcVer : mayBeGone(cursor);
}

async function nextPage(
  trx: Transaction<Database>,
  context: PullContext,
  pull: Pull,
  state: SpaceState,
): Promise<Page> {
  const { space, cursor } = pull;
  const upTo = pull.upTo ?? state.ver;
  const after = cursor ? fromCursor(cursor) : BEGINNING;
  const { lines, moreAfter } = await readNext(trx, context, { space, after, upTo, isUnderWay: pull.upTo !== null });
  context.room -= lines.count;
  const page = { space, from: cursor, lines, upTo };
  if (moreAfter) {
    const spared = tombstonesToSpare(pull, upTo, state.gcVer);
    const next = toCursor(moreAfter, context.run, { mayBeGone: spared, seen: state.ver });
    return { ...page, cursor: next, done: false, lastSeq: null, receipts: [], digest: null };
  }
  const settled = await readSettled(trx, context.client, pull, upTo, state.ver);
  const digest = context.digests && upTo === state.ver ? state.digest : null;
  const last = toCursor(endOf(upTo), context.run, { seen: state.ver });
  return { ...page, cursor: last, done: true, ...settled, digest };
}

/** Where it may be packed a page that is begun is whole, so that the pages of all phones end at the same places. */
function readNext(
  trx: Transaction<Database>,
  { pageSize, room, packed }: PullContext,
  wanted: Omit<Wanted, 'limit'>,
): ReturnType<typeof readToPack> {
  const { space, after, upTo } = wanted;
  if (packed === null) return readLines(trx, space, after, upTo, Math.min(pageSize, room));
  return readToPack(trx, packed, { ...wanted, limit: room > 0 ? pageSize : 0 });
}

/** For a space that the device does not hold: what became of its own mutations, and nothing else. [I9] */
async function receiptsOnly(
  trx: Transaction<Database>,
  context: PullContext,
  pull: Pull,
  state: SpaceState,
): Promise<Page> {
  const { space, cursor, receiptsAfter } = pull;
  const settled = await readSettled(trx, context.client, pull, state.ver, state.ver);
  // The space's own version would tell how busy it is.
  const upTo = settled.receipts.reduce(
    (ver, receipt) => Math.max(ver, receipt.ver),
    Math.min(receiptsAfter, state.ver),
  );
  const heard = toCursor(BEGINNING, context.run);
  return { space, from: cursor, lines: NO_LINES, cursor: heard, upTo, done: true, ...settled, digest: null };
}

/** Mutations and receipts as of `upTo`: a page must not claim more than its rows show. [I15] */
async function readSettled(
  trx: Transaction<Database>,
  client: string | null,
  { space, receiptsAfter }: Pull,
  upTo: number,
  ver: number,
): Promise<Pick<JsonPage, 'lastSeq' | 'receipts'>> {
  if (client === null) return { lastSeq: 0, receipts: [] };
  const lastSeq = upTo === ver ? await readLastSeq(trx, client, space) : await readLastSeqAt(trx, client, space, upTo);
  if (lastSeq === 0) return { lastSeq, receipts: [] };
  // After a restore the phone may know of receipts from a future that is gone.
  const after = receiptsAfter > ver ? 0 : receiptsAfter;
  return { lastSeq, receipts: await readReceipts(trx, client, space, after, upTo) };
}
