import type { SpaceId } from '../domain/space/space.ts';
import { keepCacheState } from './cache-state.ts';
import { keepArchive } from './archive.ts';
import type { SyncPhase } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import { ifRoom } from './if-room.ts';
import { runPass } from './pass.ts';
import type { Pass, PassEnd } from './pass.ts';
import { dropUncarried } from './repair.ts';
import type { OutboxMeta } from './outbox-port.ts';
import { newBatchPolicy } from './push-batch.ts';

/** A tab that was frozen or hangs gives the others their turn [TB2]. */
export const PASS_DEADLINE_MS = 60_000;
/** Passes in a row that ended without a word before everything is read anew. */
const STALLS_BEFORE_RESTART = 3;

export type PassResult = PassEnd | { type: 'busy' } | { type: 'broken'; fault: string };

export interface PassRunner {
  run(): Promise<PassResult>;
  /** Ends the wait for a pass that is under way; what it still hears changes nothing. */
  abandon(): void;
  readonly phase: SyncPhase;
  readonly firstSyncRows: number | null;
  readonly lastFault: string | null;
}

const isSignedOut = (end: PassResult): boolean => end.type === 'fault' && end.fault === 'unauthenticated';

/**
 * Runs passes, one at a time among the tabs: a Web Lock for each, with a deadline. Two at once would be wasteful
 * and never wrong: seq and mid guard the server, compare-and-set on the cursor guards the cache [TB1].
 */
export function createPassRunner(
  memory: EngineMemory,
  opened: () => Promise<void>,
  changed: (spaces: ReadonlySet<SpaceId>) => void,
  statusChanged: () => void,
): PassRunner {
  const { deps } = memory;
  let policy = newBatchPolicy();
  let phase: SyncPhase = 'idle';
  let firstSyncRows: number | null = null;
  let lastFault: string | null = null;
  let stalls = 0;
  let turn = 0;
  let giveUp = (): void => undefined;

  const endTurn = (): void => {
    turn += 1;
    memory.inFlight = new Set();
  };

  const refold = (spaces: Iterable<SpaceId>): void => {
    memory.fold();
    changed(new Set(spaces));
  };

  /** Whatever of it has gone is told too. */
  const refoldAfter = async (work: () => Promise<void>): Promise<void> => {
    const before = [...memory.spaces.keys()];
    await work();
    refold([...before, ...memory.spaces.keys(), ...memory.rows.map((row) => row.space)]);
  };

  /** What another tab wrote and this one did not hear of, a new client id above all. */
  const catchUp = async (): Promise<OutboxMeta> => {
    const meta = await deps.outbox.meta();
    const known = memory.meta;
    const isOther = JSON.stringify([meta.seqs, meta.leftOut]) !== JSON.stringify([known.seqs, known.leftOut]);
    if (meta.clientId !== known.clientId) {
      await refoldAfter(() => memory.load());
    } else if (isOther || memory.isOutboxUnsure) {
      await refoldAfter(async () => {
        await memory.readOutbox();
        // The store may have noted what is left out though it said that it failed.
        await dropUncarried(memory);
      });
    }
    return meta;
  };

  const archive = async (): Promise<void> => {
    if (memory.serverTime !== null) await keepArchive(memory, memory.serverTime);
  };

  const noteContact = async (before: number | null): Promise<void> => {
    const { lastContactAt } = memory.meta;
    // On a full disk this page alone knows it: that is no reason to say that there is no network.
    if (lastContactAt !== before) await ifRoom(deps.outbox.putMeta({ lastContactAt }));
  };

  const noteSync = async (): Promise<void> => {
    memory.state = { ...memory.state, lastSyncAt: deps.clock.now() };
    await keepCacheState(memory);
  };

  const locked = async (mine: number): Promise<PassResult> => {
    const { signIn } = await catchUp();
    const contactBefore = memory.meta.lastContactAt;
    if (memory.state.lastSyncAt === null) firstSyncRows = 0;
    phase = 'syncing';
    lastFault = null;
    statusChanged();
    const pass: Pass = {
      memory,
      policy,
      signIn,
      isOver: () => mine !== turn,
      onSending: statusChanged,
      onRound: (round) => {
        if (firstSyncRows !== null) firstSyncRows += round.rows;
        if (round.fault !== null) lastFault = round.fault;
        // First, so that the disk is at work while what still waits is folded.
        if (!round.repaired) pass.archiving = archive();
        // Whoever waits for it hears of its failure.
        pass.archiving.catch(() => undefined);
        refold(round.moved);
        statusChanged();
      },
      archiving: Promise.resolve(),
    };
    const end = await runPass(pass);
    const isMine = mine === turn;
    // Each in a transaction of its own, and none waits until the other was told.
    await Promise.all([
      pass.archiving,
      isMine && noteContact(contactBefore),
      isMine && end.type === 'done' && noteSync(),
    ]);
    if (mine === turn) await archive();
    // Another tab's sign-in came while this one was told that there is none: that was said of the one before [TB2].
    if (isMine && isSignedOut(end) && (await deps.outbox.meta()).signIn !== signIn) return locked(mine);
    return end;
  };

  /** The pass, or its deadline, whichever comes first. */
  const withDeadline = async (mine: number): Promise<PassResult> => {
    let cancel = (): void => undefined;
    const deadline = new Promise<PassResult>((resolve) => {
      giveUp = () => {
        if (mine === turn) endTurn();
        resolve({ type: 'fault', fault: 'deadline', retryAfterMs: null });
      };
      cancel = deps.clock.after(PASS_DEADLINE_MS, giveUp);
    });
    try {
      return await Promise.race([locked(mine), deadline]);
    } finally {
      cancel();
    }
  };

  const phaseAfter = (end: PassResult): SyncPhase => {
    if (end.type === 'fault') return isSignedOut(end) ? 'signedOut' : 'offline';
    if (end.type === 'otherMember' || end.type === 'revoked') return end.type;
    return end.type === 'broken' ? 'offline' : 'idle';
  };

  /** Three passes in a row that hung or moved nothing: whatever this tab believes is read anew [TM4]. */
  const watch = async (end: PassResult): Promise<void> => {
    const stalled =
      end.type === 'broken' || (end.type === 'fault' && (end.fault === 'stalled' || end.fault === 'deadline'));
    stalls = stalled ? stalls + 1 : 0;
    if (stalls < STALLS_BEFORE_RESTART) return;
    stalls = 0;
    policy = newBatchPolicy();
    await refoldAfter(() => memory.load());
  };

  const attempt = async (): Promise<PassResult> => {
    turn += 1;
    const mine = turn;
    try {
      // Where the stores could not be read, each pass tries once more.
      await opened();
      return (await deps.locks.ifFree(`sync-${deps.memberId}`, () => withDeadline(mine))) ?? { type: 'busy' };
    } catch (error) {
      return { type: 'broken', fault: error instanceof Error ? error.name : 'unknown' };
    }
  };

  return {
    run: async () => {
      const end = await attempt();
      if (end.type === 'busy') return end;
      phase = phaseAfter(end);
      firstSyncRows = null;
      // It ended in the midst of something: what it had read by then is not laid over yet.
      if (end.type === 'broken') {
        refold([...memory.spaces.keys(), ...memory.undropped, ...memory.rows.map((row) => row.space)]);
      }
      if (end.type === 'fault' || end.type === 'broken') lastFault = end.fault;
      if (end.type === 'later') lastFault ??= 'server';
      try {
        await watch(end);
      } catch (error) {
        lastFault = error instanceof Error ? error.name : 'unknown';
      }
      statusChanged();
      return end;
    },
    abandon: () => {
      endTurn();
      giveUp();
    },
    get phase() {
      return phase;
    },
    get firstSyncRows() {
      return firstSyncRows;
    },
    get lastFault() {
      return lastFault ?? memory.foldFault ?? memory.listenerFault;
    },
  };
}
