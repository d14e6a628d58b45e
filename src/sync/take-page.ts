import type { Receipt } from '../protocol/sync-messages.ts';
import { readSpaces } from './read-spaces.ts';
import { withContent } from './row-content.ts';
import type { EngineMemory, StoredPage } from './engine-memory.ts';
import { sameCursor } from './same-cursor.ts';
import { checkLastPage } from './page-check.ts';
import type { CachedSpace, CachePage } from './cache-port.ts';
import { StorageFull } from './outbox-port.ts';
import type { AnswerPage } from './transport-port.ts';
import { heardUpTo } from './pull-list.ts';
import { dropSpaces, repairFork, repairLoss } from './repair.ts';
import { markRepaired } from './round.ts';
import type { Round } from './round.ts';
import type { IsStill } from './still-page.ts';

/** A page of which the rows are here. */
type ArrivedPage = Omit<AnswerPage, 'rows' | 'many'> & Pick<CachePage, 'rows' | 'segments'>;

export interface PageContext {
  /** Receipts of the same answer's push, stored in the same transaction. */
  pushed: readonly Receipt[];
  /** Rows were asked for and are allowed; else only the server's word comes, and no rows are kept. */
  rows: boolean;
  /** It was asked for up to a version of before. */
  pinned: boolean;
  isStill: IsStill;
}

/**
 * Checks one page against what is here and stores it; null where it was not taken: the space is then asked again.
 */
export async function takePage(
  memory: EngineMemory,
  page: ArrivedPage,
  { pushed, rows, pinned, isStill }: PageContext,
  round: Round,
): Promise<StoredPage | null> {
  const before = memory.space(page.space);
  const receiptsFrom = before.receiptsAfter;
  if (rows && !sameCursor(before.cursor, page.from)) return reread(memory, page.space, round);
  let next: CachedSpace = { ...before, receiptsAfter: heardUpTo(before, rows) };
  if (page.done && page.lastSeq !== null) {
    const last = checkLastPage(memory, page, page.lastSeq, { pushed, pinned, rows });
    if (last.type !== 'ok') {
      if (last.type === 'fork') await repairFork(memory);
      else await repairLoss(memory, page.space, page.lastSeq);
      markRepaired(round, last.type);
      return null;
    }
    next = { ...before, appliedSeq: last.appliedSeq, receiptsAfter: last.receiptsAfter };
  }
  const receipts = [...pushed, ...page.receipts];
  if (!rows) {
    // Of what is carried the rows are still to come: what was written shows until they are here.
    const { appliedSeq } = memory.carried().includes(page.space) ? before : next;
    const heard = { ...next, appliedSeq, heard: page.cursor };
    const word = { space: page.space, from: before.cursor, receiptsFrom, rows: [], next: heard, receipts };
    return store(memory, word, isStill, round);
  }
  const taken = withContent(page.rows);
  const { segments = [] } = page;
  const made = segments.map(({ segment }) => segment);
  const digest = memory.base(page.space).digestAfter(taken, made);
  if (page.done && page.digest !== null && page.digest !== digest) {
    round.fault = 'digest';
    round.moved.add(page.space);
    round.open.add(page.space);
    await dropSpaces(memory, [page.space]);
    return null;
  }
  if (!page.done) round.open.add(page.space);
  const cursor = { cursor: page.cursor, upTo: page.done ? null : page.upTo, done: page.done, digest };
  const { from } = page;
  const whole = {
    space: page.space,
    from,
    receiptsFrom,
    rows: taken,
    segments,
    next: { ...next, ...cursor },
    receipts,
  };
  return store(memory, whole, isStill, round);
}

/** Compare-and-set on the cursor: where another tab was first, what it wrote is read and the space asked again. */
async function store(
  memory: EngineMemory,
  page: CachePage,
  isStill: IsStill,
  round: Round,
): Promise<StoredPage | null> {
  return (await isStill(page)) ? { page, segments: [] } : storePage(memory, page, round);
}

export async function storePage(memory: EngineMemory, page: CachePage, round: Round): Promise<StoredPage | null> {
  try {
    const stored = await memory.deps.cache.applyPage(page);
    // Left out while the store was at work: its rows go at once, and the server's word is asked for again [PL9].
    if (page.next.cursor !== null && !memory.carried().includes(page.space)) {
      await dropSpaces(memory, [page.space]);
      round.open.add(page.space);
      return null;
    }
    return stored === null ? await reread(memory, page.space, round) : { page, segments: stored.segments };
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    takeWordsAlone(memory, page, round);
    return null;
  }
}

/** There is no room for its rows. What the server said counts all the same: the outbox notes it, and the next goes [OB11]. */
function takeWordsAlone(memory: EngineMemory, { space, receipts }: CachePage, round: Round): void {
  memory.noRoomFor.set(space, memory.deps.clock.ticks());
  for (const receipt of receipts) memory.receipts.set(receipt.mid, { ...receipt, space });
  memory.staleOverlay();
  round.moved.add(space);
  round.fault = 'full';
  if (receipts.length > 0) round.progress = true;
}

/** Another tab was first: what it wrote is read, and the space asked for again. */
export async function reread(memory: EngineMemory, space: string, round: Round): Promise<null> {
  await readSpaces(memory, [space]);
  round.moved.add(space);
  round.open.add(space);
  return null;
}
