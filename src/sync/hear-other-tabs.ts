import type { SpaceId } from '../domain/space/space.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { ForeignCacheChange } from './cache-port.ts';
import { unsentRows } from './push-batch.ts';
import { readSpaces } from './read-spaces.ts';

export interface TabListener {
  /** These spaces are not what they were. */
  moved(spaces: Iterable<SpaceId>): void;
  /** Another tab saved something; whichever has the lock first sends it. */
  saved(): void;
  /** Somebody has signed in in another tab: what was paused goes on here as well. */
  signedIn(): void;
}

/** Takes over what other tabs write, in the order in which it was heard, and not before what is here was read [TB3]. */
export function hearOtherTabs(memory: EngineMemory, opened: () => Promise<void>, listener: TabListener): () => void {
  const { outbox, cache } = memory.deps;
  let last: Promise<void> = Promise.resolve();
  // A store that cannot be read now is read again by the next pass.
  const next = (work: () => Promise<void>): void => {
    last = last
      .then(opened)
      .then(work)
      // What was read before it failed shows all the same.
      .catch(() => {
        listener.moved(memory.rows.map((row) => row.space));
      });
  };

  const takeCache = async (change: ForeignCacheChange): Promise<void> => {
    if (change.type === 'page') {
      const { space } = change.page;
      const wasUnderWay = !memory.space(space).done;
      const isTaken = memory.takePage(change);
      const isSmall = wasUnderWay && change.page.next.done && memory.base(space).isSmallInSegments;
      if (!isTaken || isSmall) await readSpaces(memory, [space]);
      listener.moved([space]);
      return;
    }
    if (change.type === 'spaces') {
      await readSpaces(memory, change.spaces);
      listener.moved(change.spaces);
      return;
    }
    const before = memory.state.allowed.map((space) => space.id);
    if (change.type === 'state') await memory.readState();
    else await memory.load();
    listener.moved([...before, ...memory.state.allowed.map((space) => space.id)]);
  };

  const forget = [
    outbox.onForeignChange(() => {
      next(async () => {
        const { signIn } = memory.meta;
        await memory.readOutbox();
        if (memory.meta.signIn !== signIn) listener.signedIn();
        listener.moved(memory.rows.map((row) => row.space));
        // A tab that only noted something down is no reason for a pass: two tabs would wake each other for ever.
        if (unsentRows(memory).length > 0) listener.saved();
      });
    }),
    cache.onForeignChange((change) => {
      next(() => takeCache(change));
    }),
  ];
  return () => {
    for (const stop of forget) stop();
  };
}
