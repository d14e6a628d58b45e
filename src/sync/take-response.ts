import type { SpaceId } from '../domain/space/space.ts';
import type { Receipt, SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory, StoredPage } from './engine-memory.ts';
import { fetchedSpaces } from './fetched-spaces.ts';
import { askForMediaAgain } from './kept-media.ts';
import { rowCount } from './page-rows.ts';
import { TransportError } from './transport-port.ts';
import type { Answer } from './transport-port.ts';
import { pullOf } from './pull-list.ts';
import { readSpaces } from './read-spaces.ts';
import { dropSpaces } from './repair.ts';
import { newRound } from './round.ts';
import type { Round } from './round.ts';
import { stillPages } from './still-page.ts';
import { takeAllowed, takeRevoked } from './take-allowed.ts';
import { storePage, takePage } from './take-page.ts';
import { takePushed } from './take-pushed.ts';

/** Takes over one answer of the server's: permission first, then receipts, then pages. `signIn`: the last before it was asked. */
export async function takeResponse(
  memory: EngineMemory,
  request: SyncRequest,
  response: Answer,
  signIn: string | null,
): Promise<Round> {
  const round = newRound();
  if (!response.revoked) await takeAllowed(memory, response, round);
  const receipts = await takePushed(memory, request, response, round);
  if (round.repaired) return round;
  if (response.revoked) {
    await takeRevoked(memory, response, round, signIn);
    return round;
  }
  const resets = response.resets.map((reset) => reset.space);
  for (const id of resets) {
    round.moved.add(id);
    round.open.add(id);
  }
  // One that only forgot old tombstones has lost nothing.
  const lost = response.resets.filter(({ reason }) => reason !== 'gc').map(({ space }) => space);
  if (lost.length > 0) await askForMediaAgain(memory, new Set(lost));
  await dropSpaces(memory, resets);
  await takePages(memory, request, response, receipts, round);
  if (!round.repaired) {
    for (const id of fetchedSpaces(memory)) if (memory.space(id).cursor === null) round.open.add(id);
  }
  return round;
}

/**
 * Stores page after page, each in a transaction of its own, and shows them all at once: no reader sees the rows
 * of an answer without its receipts.
 */
async function takePages(
  memory: EngineMemory,
  request: SyncRequest,
  response: Answer,
  receipts: Map<SpaceId, Receipt[]>,
  round: Round,
): Promise<void> {
  const stored: StoredPage[] = [];
  const keep = (page: StoredPage | null): void => {
    if (page !== null) stored.push(page);
  };
  const isStill = stillPages(memory.deps.cache, (id) => memory.space(id));
  const asked = new Map(request.pull.map((pull) => [pull.space, pull]));
  try {
    for (const { many, ...page } of response.pages) {
      const made = many && (await many.made.catch(noPage));
      const pull = asked.get(page.space);
      // Dropped since it was asked for, maybe by this very answer, or moved on by another tab: its receipts do not follow ours.
      if (pull === undefined || pullOf(memory.space(page.space), pull.rows).receiptsAfter !== pull.receiptsAfter) {
        round.open.add(page.space);
        continue;
      }
      if (made === null) {
        round.open.add(page.space);
        round.fault = 'not_doorstep';
        continue;
      }
      const pushed = receipts.get(page.space) ?? [];
      receipts.delete(page.space);
      // Asked now: while the page was being made its community may have been left out, or everything erased.
      const rows = pull.rows && memory.carried().includes(page.space);
      const pinned = pull.upTo !== null;
      keep(await takePage(memory, { ...page, ...made }, { pushed, rows, pinned, isStill }, round));
      if (round.repaired) return;
    }
    for (const [space, pushed] of receipts) {
      if (pushed.length === 0) continue;
      const known = memory.space(space);
      const { cursor: from, receiptsAfter: receiptsFrom } = known;
      const page = { space, from, receiptsFrom, rows: [], next: known, receipts: pushed };
      keep(await storePage(memory, page, round));
    }
  } finally {
    // What a repair has left of them in the store is read: else no later answer could take it away.
    if (round.repaired) await rereadAll(memory, stored, round);
    else await showAll(memory, stored, round);
  }
}

async function showAll(memory: EngineMemory, stored: readonly StoredPage[], round: Round): Promise<void> {
  const isUnderWay = (space: SpaceId): boolean => !memory.space(space).done;
  const before = new Set(stored.map(({ page }) => page.space).filter(isUnderWay));
  for (const page of stored) show(memory, page, round);
  // Nobody knew how many there would be: what is no large space after all is held whole, as it is at each start.
  const small = [...before].filter((space) => !isUnderWay(space) && memory.base(space).isSmallInSegments);
  if (small.length > 0) await readSpaces(memory, small);
}

/** Its lines were none: it is asked for once more, and nothing else of the answer waits for it. */
function noPage(error: unknown): null {
  if (error instanceof TransportError) return null;
  throw error;
}

async function rereadAll(memory: EngineMemory, stored: readonly StoredPage[], round: Round): Promise<void> {
  const spaces = stored.map(({ page }) => page.space);
  for (const space of spaces) round.moved.add(space);
  await readSpaces(memory, spaces);
}

function show(memory: EngineMemory, stored: StoredPage, round: Round): void {
  const { page } = stored;
  const before = memory.space(page.space);
  if (!memory.takePage(stored)) return;
  const rows = rowCount(page);
  round.rows += rows;
  const moved = rows > 0 || page.next.appliedSeq !== before.appliedSeq;
  if (moved || page.receipts.length > 0) round.moved.add(page.space);
  if (moved) round.progress = true;
}
