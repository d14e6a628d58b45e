import type { SpaceId } from '../domain/space/space.ts';
import type { TextResponse } from '../protocol/sync-lines.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { CachedSpace } from './cache-port.ts';
import { fetchedSpaces } from './fetched-spaces.ts';
import type { OutboxRow } from './outbox-port.ts';
import type { Answer } from './transport-port.ts';
import { buildPull, heardUpTo } from './pull-list.ts';
import { buildPush, FIRST_BATCH, grown, unsentRows } from './push-batch.ts';
import type { BatchPolicy } from './push-batch.ts';

type Push = SyncRequest['push'];

/** A request that was sent while the answer before it is being stored. */
export interface Ahead {
  request: SyncRequest;
  answer: Promise<Answer>;
  sentAt: number;
}

const namesOf = (push: Push): unknown[] =>
  push.flatMap(({ space, mutations }) => mutations.map(({ seq, mid, quarantine }) => [space, seq, mid, quarantine]));

/** Two requests that ask for the same, whenever they are sent. */
export const isSameRequest = (a: SyncRequest, b: SyncRequest): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ client, epoch, push, pull, whole = false }: SyncRequest): string =>
  JSON.stringify([client, epoch, namesOf(push), pull, whole]);

/** Where `whole` goes on behind it: what was saved meanwhile goes with the next request. */
export function isBeginning(push: Push, whole: Push): boolean {
  const names = namesOf(push);
  return JSON.stringify(names) === JSON.stringify(namesOf(whole).slice(0, names.length));
}

/**
 * What will be asked once this answer has been taken: null where nothing is left, or where the answer brings more than
 * pages and receipts and what follows depends on it. A page's own cursor says where the next begins [PL1].
 */
export function requestAfter(
  memory: EngineMemory,
  policy: BatchPolicy,
  request: SyncRequest,
  response: TextResponse,
): Pick<SyncRequest, 'pending' | 'push' | 'pull'> | null {
  if (!bringsNoMore(memory, response) || policy.narrow.size > 0 || request.pull.length === 0) return null;
  const pages = new Map(response.pages.map((page) => [page.space, page]));
  if (request.pull.some(({ space }) => !pages.has(space))) return null;
  const settled = new Set(
    [...response.pushed, ...response.pages].flatMap(({ receipts }) => receipts.map(({ mid }) => mid)),
  );
  const limit = request.push.length > 0 ? grown(policy.limit) : policy.limit;
  const isSettled = (row: OutboxRow): boolean => settled.has(row.mid) || memory.isSettled(row);
  const push = buildPush(memory, { ...policy, limit }, isSettled);
  // A few more wait for their turn: what has to be stored before them is small as well.
  if (namesOf(push).length < FIRST_BATCH && (push.length > 0 || request.push.length > 0)) return null;

  const carried = new Set(fetchedSpaces(memory));
  const withRows = new Set(
    request.pull.filter(({ space, rows }) => rows && carried.has(space)).map(({ space }) => space),
  );
  const known = (id: SpaceId): CachedSpace => {
    const [page, before] = [pages.get(id), memory.space(id)];
    if (page === undefined) return before;
    const { cursor, upTo } = withRows.has(id) ? { cursor: page.cursor, upTo: page.done ? null : page.upTo } : before;
    const isLast = page.done && page.lastSeq !== null;
    const heard = heardUpTo(before, withRows.has(id));
    const receiptsAfter = Math.max(heard, ...(isLast ? page.receipts.map(({ ver }) => ver) : []));
    return { ...before, cursor, upTo, receiptsAfter };
  };
  const open = new Set([...withRows].filter((id) => pages.get(id)?.done === false));
  for (const id of carried) if (known(id).cursor === null) open.add(id);
  for (const { space } of push) open.add(space);
  if (open.size === 0) return null;
  return { pending: unsentRows(memory, isSettled).length, push, pull: buildPull(memory, open, known) };
}

/** Nothing has to be repaired, erased or waited for first. */
function bringsNoMore({ state, troubles }: EngineMemory, response: TextResponse): boolean {
  const allowed = (spaces: TextResponse['allowed']): string => spaces.map(({ id }) => id).join();
  return (
    !response.revoked &&
    response.resets.length === 0 &&
    state.epoch === response.epoch &&
    allowed(state.allowed) === allowed(response.allowed) &&
    response.pushed.every(({ stop }) => stop === null) &&
    troubles.size === 0
  );
}
