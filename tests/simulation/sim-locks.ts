import type { Locks } from '../../src/sync/device-port.ts';
import { BEAT_MS, isSilent, lookAgain, PATIENCE_MS, type LastSign } from '../../src/sync/lock-holder.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A tab, as far as locks ask. */
export interface LockTab {
  isAlive(): boolean;
  /** Null while it is awake. */
  frozenAt(): number | null;
}

interface Hold {
  tab: LockTab;
  since: number;
}

interface PhoneLocks {
  time: VirtualTime;
  /** A browser without Web Locks: tabs run into each other, and must do no harm. [TB1] */
  lockless(): boolean;
  /** Nobody ever takes over what a frozen tab holds, as a fault that was built in. */
  patient: boolean;
}

/** From the first refusal on: until the holder counts as frozen, until the next asks, and a little [TB2]. */
const LONGEST_DELAY = PATIENCE_MS + 15_000;
/** For photos the next asks after its next pass. */
const LONGEST_FOR_PHOTOS = PATIENCE_MS + 75_000;

/**
 * The browser's locks of one phone, under the rule of `lock-holder.ts`: a frozen tab keeps what it holds and shows no sign
 * of life any more; whoever has seen nothing new of it for long enough takes it over.
 */
export class SimLocks {
  private readonly held = new Map<string, Hold>();
  /** Since when each tab is kept waiting by a frozen one, and for which lock. */
  private kept: { tab: LockTab; name: string; since: number }[] = [];

  of(tab: LockTab, { time, lockless, patient }: PhoneLocks): Locks {
    const seen = new Map<string, LastSign | undefined>();
    const holds = new Map<Hold, number>();
    const signOf = (hold: Hold): string => {
      if (!holds.has(hold)) holds.set(hold, holds.size);
      const beats = Math.floor(((hold.tab.frozenAt() ?? time.now()) - hold.since) / BEAT_MS);
      return `${holds.get(hold)} ${beats}`;
    };
    const isPassedOver = (name: string, hold: Hold): boolean => {
      const last = lookAgain(seen.get(name), signOf(hold), time.now());
      seen.set(name, last);
      return !patient && isSilent(last, time.now());
    };
    return {
      ifFree: async (name, run) => {
        // A process that is gone takes no lock: nobody would give it back.
        if (!tab.isAlive()) return new Promise(() => undefined);
        if (lockless()) return run();
        const hold = this.held.get(name);
        if (hold !== undefined && !isPassedOver(name, hold)) {
          if (hold.tab.frozenAt() !== null) this.keep(tab, name, time.now());
          return undefined;
        }
        const mine = { tab, since: time.now() };
        this.held.set(name, mine);
        this.moved();
        try {
          return await run();
        } finally {
          if (this.held.get(name) === mine) this.held.delete(name);
        }
      },
    };
  }

  private keep(tab: LockTab, name: string, since: number): void {
    if (!this.kept.some((one) => one.tab === tab && one.name === name)) this.kept.push({ tab, name, since });
  }

  /** The browser lets go of what a tab holds when that is gone. */
  letGo(tab: LockTab): void {
    this.kept = this.kept.filter((one) => one.tab !== tab);
    for (const [name, hold] of this.held) if (hold.tab === tab) this.held.delete(name);
    this.moved();
  }

  /** A tab that is frozen waits for nobody, nor does who has the lock; one that is thawed keeps nobody waiting. */
  moved(): void {
    this.kept = this.kept.filter(({ tab, name }) => {
      const holder = this.held.get(name)?.tab;
      return holder !== undefined && holder !== tab && holder.frozenAt() !== null && tab.frozenAt() === null;
    });
  }

  /** L4: nobody is kept waiting by a frozen tab for longer than this. */
  isLate(now: number): boolean {
    const longest = (name: string): number => (name.startsWith('photos-') ? LONGEST_FOR_PHOTOS : LONGEST_DELAY);
    return this.kept.some(({ name, since }) => now - since > longest(name));
  }
}
