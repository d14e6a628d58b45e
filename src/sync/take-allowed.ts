import { NO_ROLES } from '../domain/actor/actor.ts';
import type { TextResponse } from '../protocol/sync-lines.ts';
import type { SyncResponse } from '../protocol/sync-messages.ts';
import { keepCacheState, noteKeepsSeen } from './cache-state.ts';
import type { Waiting } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import { handOverOf } from './hand-over.ts';
import { askAgain, askForMediaAgain, dropBrought } from './kept-media.ts';
import { dropSpaces } from './repair.ts';
import { StorageFull } from './outbox-port.ts';
import type { CachedSpace, CacheState } from './cache-port.ts';
import type { OutboxRow } from './outbox-port.ts';
import type { Round } from './round.ts';
import { waitingList } from './waiting-list.ts';
import { wantedIn } from './wanted-media.ts';

const idsOf = (allowed: SyncResponse['allowed']): string => allowed.map((space) => space.id).join();

const isNewEpoch = ({ epoch }: CacheState, response: TextResponse): boolean =>
  epoch !== null && epoch !== response.epoch;

/** Nor does a phone whose cache went know of which epoch the server was to which it brought its photos [PH13]. */
const mayBeNewEpoch = ({ epoch }: CacheState, response: TextResponse): boolean => epoch !== response.epoch;

/** Erases what may no longer be held, is no longer carried or is of an older epoch, before anything else [PL5]. */
export async function takeAllowed(memory: EngineMemory, response: TextResponse, round: Round): Promise<void> {
  const before = memory.state;
  const newEpoch = isNewEpoch(before, response);
  // Before the new epoch is written down: who dies in between learns of it once more.
  if (mayBeNewEpoch(before, response)) await askForMediaAgain(memory, 'all');
  memory.revoked = false;
  memory.deps.drafts?.takeAgain();
  const allowed = new Set(response.allowed.map(({ id }) => id));
  const isLost = before.allowed.some(({ id }) => !allowed.has(id));
  const roles = JSON.stringify(before.member) !== JSON.stringify(response.member);
  const isOther = newEpoch || roles || idsOf(before.allowed) !== idsOf(response.allowed);
  // A page that was stored though the store said that it failed is known to the cache alone.
  const stored = isOther ? await memory.deps.cache.spaces() : [];
  memory.state = {
    ...before,
    epoch: response.epoch,
    allowed: response.allowed,
    member: response.member,
    keepsSeen: isLost || before.keepsSeen === true,
  };
  if (isOther) {
    memory.isStateKept = false;
    memory.staleOverlay();
  }
  const carried = new Set(memory.carried());
  const here = [...memory.spaces.values(), ...stored];
  const isUncarried = ({ id, cursor }: CachedSpace): boolean => cursor !== null && !carried.has(id);
  if (here.some(isUncarried)) noteKeepsSeen(memory);
  const gone = new Set(here.filter((space) => newEpoch || isUncarried(space)).map(({ id }) => id));
  for (const id of gone) round.moved.add(id);
  await dropSpaces(memory, [...gone]);
  if (isOther) {
    for (const { id } of [...before.allowed, ...response.allowed]) round.moved.add(id);
    round.progress = true;
  }
  if (!memory.isStateKept) await keepCacheState(memory);
}

/**
 * The session was revoked: the cache and the drafts go at once, each outbox row after its receipt [RV1]. Of what was refused
 * the server has a receipt and no word: not put aside, it is handed in once more, to be held, and goes after that receipt.
 */
export async function takeRevoked(
  memory: EngineMemory,
  response: TextResponse,
  round: Round,
  signIn: string | null,
): Promise<void> {
  const receipts = new Map(memory.receipts);
  for (const { space, receipts: pushed } of response.pushed) {
    for (const receipt of pushed) receipts.set(receipt.mid, { ...receipt, space });
  }
  const isRefused = ({ mid, asideAt }: OutboxRow): boolean =>
    asideAt === null && receipts.get(mid)?.status === 'rejected';
  const refused = memory.rows.filter(isRefused);
  const done = memory.rows.filter((row) => receipts.has(row.mid) && !isRefused(row)).map((row) => row.mid);
  // Settled before the cache with the receipt went: asked again, to learn whether it was refused.
  const asked = memory.rows.filter((row) => !receipts.has(row.mid) && memory.isSettled(row));
  for (const id of [...memory.bases.keys(), ...memory.rows.map((row) => row.space)]) round.moved.add(id);
  // A server that was restored has not what was brought to the one before: that is handed in too.
  if (mayBeNewEpoch(memory.state, response)) await askForMediaAgain(memory, 'all');
  // What is in nobody's record, and was sent back, the server may have let go of since.
  const waiting = waitingList(memory);
  await askAgain(memory, wantedIn(waiting));
  memory.revoked = true;
  memory.forgetAll();
  const member = { ...response.member, roles: { ...NO_ROLES, volunteer: [], coordinator: [] } };
  memory.state = { ...memory.state, epoch: response.epoch, member };
  await emptyCache(memory);
  await memory.deps.drafts?.forget(signIn);
  // Who was reading a space meanwhile may have found it there still.
  memory.forgetSpaces();
  // Of what its author had put aside the server wants no photo.
  const aside = done.filter((mid) => receipts.get(mid)?.status === 'rejected');
  if (done.length > 0) await memory.deps.outbox.remove(done, aside);
  if (refused.length > 0) await handIn(memory, refused, waiting);
  if (memory.brought.length > 0) await dropBrought(memory.deps.outbox, waiting);
  if (refused.length > 0) await memory.deps.outbox.remove(refused.map((row) => row.mid));
  if (asked.length > 0) await memory.deps.outbox.settle(memory.meta.clientId, asked, null);
  round.progress = done.length > 0 || refused.length > 0 || asked.length > 0;
  await memory.readOutbox();
}

/** Written before the refused ones go: who dies in between writes the same once more. Their photos go with them. */
async function handIn(
  { deps }: EngineMemory,
  refused: readonly OutboxRow[],
  waiting: readonly Waiting[],
): Promise<void> {
  const { outbox } = deps;
  const { rows, media } = await handOverOf(deps, refused);
  try {
    await outbox.add(rows, media);
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    // What the server has makes room.
    await dropBrought(outbox, waiting);
    await outbox.add(rows, media);
  }
}

/** Once: told again with every answer, another tab would forget what was refused, and ask for it for ever. */
async function emptyCache({ deps: { cache }, state }: EngineMemory): Promise<void> {
  const isEmpty = (await cache.spaces()).length === 0 && (await cache.receipts()).length === 0;
  if (isEmpty && JSON.stringify(await cache.state()) === JSON.stringify(state)) return;
  await cache.clear();
  await cache.putState(state);
}
