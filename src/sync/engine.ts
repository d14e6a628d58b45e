import type { Actor } from '../domain/actor/actor.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { MediaBytes, SaveRequest, SyncEngine, SyncStatus } from './engine-api.ts';
import { createBodyReader } from './body-reader.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import { EngineMemory } from './engine-memory.ts';
import { forgetSeen } from './forget-seen.ts';
import { handOverOf } from './hand-over.ts';
import { hearOtherTabs } from './hear-other-tabs.ts';
import { knownActor } from './known-actor.ts';
import { createFirstScreenKeeper } from './keep-first-screen.ts';
import { createListeners } from './listeners.ts';
import { leaveOut } from './leave-out.ts';
import { addMakingRoom } from './make-room.ts';
import { noteSignIn } from './note-sign-in.ts';
import { createOpening } from './opening.ts';
import { createOpeningView } from './opening-view.ts';
import { createPassRunner } from './pass-runner.ts';
import { createPassTimer } from './pass-timer.ts';
import type { NewMedia, NewOutboxRow, OutboxRow } from './outbox-port.ts';
import { readFirstScreen } from './read-first-screen.ts';
import { toOutbox } from './rescue.ts';
import { checkSave } from './save-check.ts';
import type { CheckedSave } from './save-check.ts';
import { thumbsIn } from './thumbs.ts';
import { createUploads } from './uploads.ts';
import { createView } from './view.ts';
import { statusOf, waitingList } from './waiting-list.ts';
import { whatWasWritten } from './what-was-written.ts';

const plainCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * The client's engine: a save goes into the outbox, passes bring it to the server and the server's rows back, the
 * view folds the one over the other. Runs in a page, a service worker or a test alike: the world comes in as ports.
 */
export async function createSyncEngine(deps: EngineDependencies): Promise<SyncEngine> {
  const memory = new EngineMemory(deps);
  if (deps.firstScreen) memory.first = await readFirstScreen(memory);

  const failed = (error: unknown): void => {
    memory.listenerFault = `listener:${error instanceof Error ? error.name : 'unknown'}`;
  };
  const changes = createListeners<ReadonlySet<SpaceId>>(failed);
  const statuses = createListeners<SyncStatus>(failed);
  const status = (): SyncStatus => statusOf(memory, runner.phase, runner.firstSyncRows, runner.lastFault);
  const tellStatus = (): void => {
    statuses.tell(status());
    keeper?.moved();
  };
  const tellChange = (spaces: ReadonlySet<SpaceId>): void => {
    if (spaces.size > 0) changes.tell(spaces);
    keeper?.moved();
  };
  const reader = createBodyReader(memory, tellChange);
  const opened = createOpening(memory, reader, () => {
    tellChange(new Set([...memory.spaces.keys(), ...memory.rows.map((row) => row.space)]));
    tellStatus();
  });
  const wholeView = createView(memory, changes.add, reader);
  const openingView = deps.firstScreen && createOpeningView(memory, wholeView, opened);
  const keeper = openingView && createFirstScreenKeeper(memory, openingView);
  // Behind the first screen nobody waits for it by name: who needs it hears of its failure.
  const opening = opened();
  if (memory.first === null) await opening;
  else opening.catch(() => undefined);
  keeper?.moved();
  const runner = createPassRunner(memory, opened, tellChange, tellStatus);
  const uploads = createUploads(
    memory,
    (isOutboxRead) => {
      if (isOutboxRead) tellChange(new Set(memory.rows.map((row) => row.space)));
      tellStatus();
    },
    // The server is told, so that no coordinator waits for photos that are there.
    () => timer.saved(),
  );
  const timer = createPassTimer(
    {
      run: async () => {
        const end = await runner.run();
        if (runner.phase === 'idle' || runner.phase === 'revoked') uploads.kick();
        // Nobody waits for it; where it fails, the next pass has it tried again.
        void forgetSeen(memory).catch(() => undefined);
        return end;
      },
      abandon: runner.abandon,
    },
    deps.clock,
    deps.ids,
  );
  const forgetTabs = hearOtherTabs(memory, opened, {
    moved: (spaces) => {
      memory.fold();
      tellChange(new Set(spaces));
      tellStatus();
    },
    saved: timer.saved,
    signedIn: timer.signedIn,
  });

  const write = async (requests: readonly SaveRequest[]): Promise<OutboxRow[]> => {
    const at = deps.clock.now();
    const saveId = deps.ids.mutation();
    // A form hands over what a screen watches; a store takes plain data alone, and takes none of it later on.
    const media: NewMedia[] = [];
    const drafts = requests.map(({ about, media: bytes = [], ...draft }): NewOutboxRow => {
      const mid = deps.ids.mutation();
      const thumbs = thumbsIn(draft.args);
      const own = { mids: [mid], at };
      media.push(...bytes.map((one: MediaBytes): NewMedia => ({ ...one, isThumb: thumbs.includes(one.sha), ...own })));
      return { ...plainCopy(draft), mid, at, saveId, about: plainCopy(about ?? null) };
    });
    return store(drafts, media, await reader.whole(() => checkSave(drafts, memory)));
  };

  const store = async (
    drafts: readonly NewOutboxRow[],
    media: readonly NewMedia[],
    checked?: CheckedSave,
  ): Promise<OutboxRow[]> => {
    const phone = { ...deps, waiting: () => waitingList(memory) };
    const rows = await addMakingRoom(phone, drafts, media).catch((error: unknown) =>
      whatWasWritten(memory, drafts, error),
    );
    memory.take(rows, checked);
    if (media.length > 0) await memory.readMedia();
    tellChange(new Set(rows.map((row) => row.space)));
    tellStatus();
    timer.saved();
    return rows;
  };

  // One save after the other: each is checked over what the one before has made.
  let lastSave: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<OutboxRow[]>): Promise<OutboxRow[]> => {
    const next = lastSave.then(opened).then(work);
    lastSave = next.catch(() => undefined);
    return next;
  };
  const save = (requests: readonly SaveRequest[]): Promise<OutboxRow[]> => inTurn(() => write(requests));

  const putAside = async (mid: string): Promise<void> => {
    const asideAt = deps.clock.now();
    const asideSince = memory.serverTime ?? undefined;
    await deps.outbox.putAside(mid, asideAt, asideSince);
    memory.rows = memory.rows.map((row) => (row.mid === mid ? { ...row, asideAt, asideSince } : row));
    memory.outboxChanged();
    tellStatus();
  };

  // Checked by nobody here: a coordinator decides over it.
  const handOver = async (mid: string): Promise<OutboxRow[]> => {
    const row = memory.rows.find((one) => one.mid === mid);
    if (row === undefined) return [];
    const { rows, media } = await handOverOf(deps, [row]);
    return store(rows, media);
  };

  return {
    view: openingView ?? wholeView,
    opened,
    leaveFirstScreen: () => {
      openingView?.leave();
      return opened();
    },
    media: uploads,
    actor: (): Actor => knownActor(deps.memberId, memory.state),
    allowed: () => memory.state.allowed.map((space) => space.id),
    save,
    // Checked by nobody but the server: what was written once is not refused for what has changed since.
    recover: (body) => {
      const { rows, media } = toOutbox(body);
      return inTurn(() => store(rows, media));
    },
    leftOut: () => memory.meta.leftOut,
    leaveOut: async (communities) => {
      await opened();
      const moved = await leaveOut(memory, communities).catch((error: unknown) => {
        tellChange(memory.undropped);
        throw error;
      });
      memory.fold();
      tellChange(moved);
      tellStatus();
      timer.saved();
    },
    waiting: () => waitingList(memory),
    putAside,
    handOver: async (mid) => {
      await inTurn(() => handOver(mid));
      await putAside(mid);
    },
    status,
    onStatus: statuses.add,
    isRevoked: () => memory.revoked,
    syncNow: timer.now,
    signedIn: () => timer.afresh(() => noteSignIn(deps)),
    poked: (space, ver) => {
      if ((memory.space(space).cursor?.ver ?? -1) < ver) timer.poked();
    },
    start: timer.start,
    stop: async () => {
      forgetTabs();
      reader.stop();
      keeper?.stop();
      await timer.stop();
      await uploads.stop();
    },
  };
}
