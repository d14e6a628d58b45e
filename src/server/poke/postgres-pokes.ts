import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PostgresAddress } from '../db/postgres-address.ts';
import type { PokeHub } from '../dependencies.ts';
import { logFault } from '../sync/log-fault.ts';
import { createPokeHub } from './poke-hub.ts';
import { openPokeLine, type PokeLine } from './poke-line.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

export interface PostgresPokes extends PokeHub {
  close(): Promise<void>;
}

/**
 * Pokes between the processes of one office.
 *
 * Others are told after the commit, not in it: a transaction that notifies holds a lock on the whole database while it
 * commits, so that the writes of all offices would go through the disk one after another. What is lost when a process
 * dies between its commit and its word is a hint, not a record: phones ask by themselves every half minute.
 */
export function openPostgresPokes(address: PostgresAddress, logger: Logger): PostgresPokes {
  const hub = createPokeHub();
  const stopped = new AbortController();
  /** The newest version of each space that the others have not been told. */
  let untold = new Map<string, number>();
  let line: PokeLine | null = null;
  let telling = false;

  async function keepLine(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    let first = true;
    while (!stopped.signal.aborted) {
      try {
        const opened = await openPokeLine(address, (space, ver) => hub.publish(space, ver));
        line = opened;
        // Whoever closed us while it was opening had nothing to close.
        if (stopped.signal.aborted) await opened.close();
        waitMs = FIRST_WAIT_MS;
        // Pokes may have gone by while nobody listened. Phones that have the version do nothing.
        if (!first) for (const [space, ver] of await opened.readVersions()) hub.publish(space, ver);
        first = false;
        void tell();
        const why = await opened.ended;
        if (!stopped.signal.aborted) logFault(logger, 'the pokes of other processes are not heard', why);
      } catch (error) {
        logFault(logger, 'the pokes of other processes are not heard', error);
      }
      await line?.close();
      line = null;
      await sleep(waitMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    }
  }

  /** One statement at a time; what comes meanwhile goes with the next, each space once. */
  async function tell(): Promise<void> {
    if (telling) return;
    telling = true;
    while (line !== null && untold.size > 0) {
      const [to, pokes] = [line, untold];
      untold = new Map();
      try {
        await to.tell(pokes);
      } catch {
        // Told again on the next line; why this one is dead is logged where it ends.
        for (const [space, ver] of pokes) note(space, ver);
        if (line === to) line = null;
        await to.close();
      }
    }
    telling = false;
  }

  function note(space: string, ver: number): void {
    untold.set(space, Math.max(ver, untold.get(space) ?? 0));
  }

  const kept = keepLine();
  return {
    publish(space, ver) {
      hub.publish(space, ver);
      note(space, ver);
      void tell();
    },
    subscribe: (listener) => hub.subscribe(listener),
    async close() {
      await tell();
      stopped.abort();
      await line?.close();
      await kept;
    },
  };
}
