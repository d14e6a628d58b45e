import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { BATCH_BYTES } from '../protocol/sync-messages.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import { isCacheGone } from './cache-state.ts';
import { isBeginning, isSameRequest, requestAfter } from './ask-ahead.ts';
import type { Ahead } from './ask-ahead.ts';
import type { EngineMemory } from './engine-memory.ts';
import { TransportError } from './transport-port.ts';
import type { Answer, TransportFault } from './transport-port.ts';
import { buildPull, MAX_PULL_SPACES } from './pull-list.ts';
import { buildPush, FIRST_BATCH, grown, halve, noteLink, troubledPushes, unsentRows, widen } from './push-batch.ts';
import type { BatchPolicy } from './push-batch.ts';
import { markRepaired, newRound } from './round.ts';
import type { Later, Round } from './round.ts';
import { mediaStatus } from './media-list.ts';
import { takeResponse } from './take-response.ts';
import { afterFailure } from './trouble.ts';

export const REQUEST_TIMEOUT_MS = 30_000;
/** Rounds without anything new before a pass is given up: no fault may make a phone ask for ever. */
const MAX_IDLE_ROUNDS = 3;
/** A repair that does not help is not tried for ever either. */
const MAX_REPAIRS = 3;

export type PassEnd =
  | { type: 'done' }
  | { type: 'fault'; fault: TransportFault | 'stalled' | 'deadline'; retryAfterMs: number | null }
  | { type: 'later'; retryAfterMs: number }
  | { type: 'otherMember' }
  | { type: 'revoked' };

/** One pass: rounds of push and pull until both sides have nothing more to tell. */
export interface Pass {
  memory: EngineMemory;
  policy: BatchPolicy;
  /** The last one before anything was asked. */
  signIn: string | null;
  /** True once the pass has lost its lock or its time: it stops at the next step. */
  isOver(): boolean;
  /** Sent while the answer before it is being stored; used only where it is what would be asked now. */
  ahead?: Ahead;
  onRound(round: Round): void;
  onSending(): void;
  /** What the last answer has settled is being marked in the outbox, while the next request is on its way [OB5]. */
  archiving: Promise<void>;
}

function requestOf(
  memory: EngineMemory,
  { pending, push, pull, whole = false }: Pick<SyncRequest, 'pending' | 'push' | 'pull' | 'whole'>,
): SyncRequest {
  const media = mediaStatus(memory);
  return {
    protocol: PROTOCOL_VERSION,
    member: memory.deps.memberId,
    client: memory.meta.clientId,
    ...(memory.meta.formerId !== null && { follows: memory.meta.formerId }),
    epoch: memory.state.epoch,
    build: memory.deps.build,
    pending,
    ...(media && { media: { waiting: media.waiting, sounds: media.sounds } }),
    sentAt: memory.deps.clock.now(),
    lastContactAt: memory.meta.lastContactAt,
    push,
    pull,
    ...(whole && { whole }),
  };
}

const sizeOf = (push: SyncRequest['push']): number => push.reduce((sum, { mutations }) => sum + mutations.length, 0);

const midsOf = (push: SyncRequest['push'] = []): Set<string> =>
  new Set(push.flatMap(({ mutations }) => mutations.map(({ mid }) => mid)));

const rowsIn = ({ pages }: Answer): number =>
  pages.reduce((sum, { rows, many }) => sum + (many?.count ?? rows.length), 0);

type Exchange = { type: 'round'; round: Round; revoked: boolean } | Exclude<PassEnd, { type: 'done' }>;

/**
 * One round trip. A fault of the network or the server is an answer like any other; nothing is deleted for it [PS6].
 * `goesOn`: what follows may be sent as soon as the answer is here. `whole`: it names all that lies on this phone.
 */
async function exchange(
  pass: Pass,
  push: SyncRequest['push'],
  pull: SyncRequest['pull'],
  { goesOn = false, whole = false } = {},
): Promise<Exchange> {
  const { memory } = pass;
  const request = requestOf(memory, { pending: unsentRows(memory).length, push, pull, whole });
  const ahead = await takeAhead(pass, request);
  if (pass.isOver()) return { type: 'fault', fault: 'deadline', retryAfterMs: null };
  memory.inFlight = midsOf(push);
  if (memory.inFlight.size > 0) pass.onSending();
  const { answer, sentAt } = ahead ?? send(memory, request);
  try {
    const response = await answer.finally(() => pass.archiving);
    noteLink(pass.policy, sizeOf(push) + rowsIn(response), memory.deps.clock.ticks() - sentAt);
    const isGone = await isCacheGone(memory);
    if (pass.isOver()) return { type: 'fault', fault: 'deadline', retryAfterMs: null };
    if (response.member.id !== memory.deps.memberId) return { type: 'otherMember' };
    memory.serverTime = response.serverTime;
    if (!isGone && goesOn) askAhead(pass, request, response);
    const round = isGone ? await beginAnew(memory) : await takeResponse(memory, request, response, pass.signIn);
    if (unsentRows(memory).length === 0) memory.meta = { ...memory.meta, lastContactAt: memory.deps.clock.now() };
    noteInFlight(pass);
    pass.onRound(round);
    return { type: 'round', round, revoked: response.revoked };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    // It had all its time: on a link this slow the same batch would never get through [PS5].
    const isSlow = memory.deps.clock.ticks() - sentAt >= REQUEST_TIMEOUT_MS;
    // Or something on the way cuts what is larger than it went before.
    const isLarge = pass.policy.bytes > BATCH_BYTES && sizeOf(push) >= FIRST_BATCH;
    if (error.fault === 'offline' && push.length > 0 && (isSlow || isLarge)) halve(pass.policy, sizeOf(push));
    return { type: 'fault', fault: error.fault, retryAfterMs: error.retryAfterMs };
  } finally {
    noteInFlight(pass);
  }
}

/** Only what the next answer is awaited for; a pass that was given up says nothing of what the one after it sends. */
function noteInFlight(pass: Pass): void {
  if (!pass.isOver()) pass.memory.inFlight = midsOf(pass.ahead?.request.push);
}

/** The answer was to what is no longer here: everything is asked for once more [VW7]. */
async function beginAnew(memory: EngineMemory): Promise<Round> {
  const round = newRound();
  markRepaired(round, 'cache');
  for (const id of memory.spaces.keys()) round.moved.add(id);
  await memory.load();
  return round;
}

const send = ({ deps }: EngineMemory, request: SyncRequest): Ahead => ({
  request,
  sentAt: deps.clock.ticks(),
  answer: deps.transport.sync(request, REQUEST_TIMEOUT_MS),
});

/**
 * The next batch or page is on its way while this answer is being stored: the network and the disk do not wait for each
 * other. The answer is here, so that one request at a time is in flight all the same [PS1].
 */
function askAhead(pass: Pass, request: SyncRequest, response: Answer): void {
  const { memory, policy } = pass;
  const next = requestAfter(memory, policy, request, response);
  if (next === null) return;
  pass.ahead = send(memory, requestOf(memory, next));
  // Whoever uses it hears of its failure.
  pass.ahead.answer.catch(() => undefined);
}

/** What is on its way, where it is this request. Else its answer counts as lost, and nothing goes before it has ended. */
async function takeAhead(pass: Pass, request?: SyncRequest): Promise<Ahead | null> {
  const { ahead } = pass;
  delete pass.ahead;
  if (ahead === undefined || (request !== undefined && isSameRequest(ahead.request, request))) return ahead ?? null;
  if (ahead.request.push.length > 0) await ahead.answer.catch(() => undefined);
  return null;
}

/** It may be what was sent that cannot be taken; every other fault says nothing of it. */
const isOverBatch = ({ fault }: Extract<Exchange, { type: 'fault' }>): boolean =>
  fault === 'server' || fault === 'too_large' || fault === 'refused' || fault === 'not_doorstep';

/** What a failed batch means: smaller, one that is in trouble, or simply no network. */
async function afterFault(
  pass: Pass,
  push: SyncRequest['push'],
  end: Extract<Exchange, { type: 'fault' }>,
): Promise<PassEnd | null> {
  const size = sizeOf(push);
  if (size === 0) return end;
  if (end.fault === 'too_large' && size > 1) {
    halve(pass.policy, size);
    return null;
  }
  if (!isOverBatch(end)) return end;
  // Does the server answer when nothing is pushed? Then it is the batch that it cannot take.
  const probe = await exchange(pass, [], buildPull(pass.memory, null));
  if (probe.type !== 'round') return probe;
  if (size > 1) halve(pass.policy, size);
  else noteFailure(pass, push, end);
  return null;
}

/** A request with one mutation alone failed, though the server answers everything else. */
function noteFailure({ memory }: Pass, push: SyncRequest['push'], end: Extract<Exchange, { type: 'fault' }>): void {
  const fault = end.fault === 'stalled' || end.fault === 'deadline' ? 'server' : end.fault;
  for (const { mutations } of push) {
    for (const { mid } of mutations) note(memory, mid, { fault, alone: true, retryAfterMs: end.retryAfterMs });
  }
}

/** The server asked for time: the space is narrowed to the one at which it stopped, and that one waits [PS9]. */
function noteLater({ memory, policy }: Pass, { space, mid, alone, retryAfterMs }: Later): void {
  policy.narrow.set(space, 1);
  note(memory, mid, { fault: 'retry', alone, retryAfterMs });
}

function note({ troubles, deps }: EngineMemory, mid: string, failure: Parameters<typeof afterFailure>[1]): void {
  troubles.set(mid, afterFailure(troubles.get(mid), failure, deps.clock.ticks(), deps.ids.random()));
}

/** What went through: the next batch may be larger, and whoever was in trouble is out of it. */
function noteSettled({ memory, policy }: Pass, push: SyncRequest['push'], later: readonly Later[]): void {
  const stopped = new Set(later.map(({ space }) => space));
  for (const { space, mutations } of push) {
    if (!stopped.has(space)) widen(policy, space);
    for (const { mid } of mutations) if (memory.receipts.has(mid)) memory.troubles.delete(mid);
  }
  if (push.length > 0 && later.length === 0) policy.limit = grown(policy.limit);
}

/**
 * Each one in trouble that is due is tried once a pass, alone, after everything else has gone [PS7]. Its page comes with the
 * receipt: a tab that had asked before, and heard of a receipt alone, would take an answer without it for a loss [PL3].
 */
async function tryTroubled(
  pass: Pass,
  open: Set<SpaceId>,
  revoked: boolean,
): Promise<{ end: PassEnd | null; went: boolean }> {
  const { memory } = pass;
  let went = false;
  for (const push of troubledPushes(memory).due) {
    const pull = revoked ? [] : buildPull(memory, new Set([push.space]));
    const result = await exchange(pass, [push], pull);
    if (result.type === 'round') {
      for (const later of result.round.later) noteLater(pass, later);
      noteSettled(pass, [push], result.round.later);
      if (result.round.later.length > 0) continue;
      // Settled without a receipt here: its page will tell.
      for (const { mid } of push.mutations) memory.troubles.delete(mid);
      open.add(push.space);
      went = true;
    } else if (result.type === 'fault' && isOverBatch(result)) noteFailure(pass, [push], result);
    else return { end: result, went };
  }
  return { end: null, went };
}

export async function runPass(pass: Pass): Promise<PassEnd> {
  try {
    return await runRounds(pass);
  } finally {
    await takeAhead(pass);
    noteInFlight(pass);
  }
}

async function runRounds(pass: Pass): Promise<PassEnd> {
  const { memory, policy } = pass;
  let open: Set<SpaceId> | null = null;
  let revoked = false;
  let repairs = 0;
  const unsent = new Set(unsentRows(memory).map((row) => row.mid));
  for (const mid of memory.troubles.keys()) if (!unsent.has(mid)) memory.troubles.delete(mid);
  for (let idle = 0; idle < MAX_IDLE_ROUNDS;) {
    if (pass.isOver()) return { type: 'fault', fault: 'deadline', retryAfterMs: null };
    const built = buildPush(memory, policy);
    const sent = pass.ahead?.request.push;
    const push = sent && isBeginning(sent, built) ? sent : built;
    for (const { space } of push) open?.add(space);
    // Nothing is read out to a revoked session: it only hands in.
    const pull = revoked ? [] : buildPull(memory, open);
    if (open !== null && push.length === 0 && pull.length === 0) {
      const { end, went } = await tryTroubled(pass, open, revoked);
      if (end !== null) return end;
      if (went) continue;
      const { due, waitMs } = troubledPushes(memory);
      if (due.length > 0 || waitMs !== null) return { type: 'later', retryAfterMs: waitMs ?? 0 };
      return { type: revoked ? 'revoked' : 'done' };
    }
    // What a full list has cut off must not be taken for gone [RV2].
    const whole = open === null && !revoked && pull.length < MAX_PULL_SPACES;
    const result = await exchange(pass, push, pull, { goesOn: true, whole });
    if (result.type === 'fault') {
      const end = await afterFault(pass, push, result);
      if (end !== null) return end;
      continue;
    }
    if (result.type !== 'round') return result;
    const { round } = result;
    revoked = result.revoked;
    for (const later of round.later) noteLater(pass, later);
    noteSettled(pass, push, round.later);
    // A repair leaves nothing as it was: every space is named again.
    open = round.repaired ? null : round.open;
    idle = round.progress ? 0 : idle + 1;
    repairs += round.repaired ? 1 : 0;
    if (repairs > MAX_REPAIRS) break;
  }
  return { type: 'fault', fault: 'stalled', retryAfterMs: null };
}
