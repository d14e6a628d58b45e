import type { CacheStore } from '../../src/sync/cache-port.ts';
import type { Clock } from '../../src/sync/device-port.ts';
import type { OutboxStore } from '../../src/sync/outbox-port.ts';
import type { PhotoTransport, SyncTransport } from '../../src/sync/transport-port.ts';
import type { LockTab } from './sim-locks.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * The process of one tab. Frozen, it does nothing: its timers, what its stores and the network answer, and what other
 * tabs tell come when it is thawed, in the order in which they were due.
 */
export class TabProcess implements LockTab {
  private readonly time: VirtualTime;
  private alive = true;
  private frozen: { at: number; thawed: Promise<void>; thaw: () => void } | null = null;
  private late: (() => void)[] = [];

  constructor(time: VirtualTime) {
    this.time = time;
  }

  isAlive(): boolean {
    return this.alive;
  }

  frozenAt(): number | null {
    return this.frozen?.at ?? null;
  }

  kill(): void {
    this.alive = false;
    this.late = [];
  }

  freeze(): void {
    let thaw = (): void => undefined;
    const thawed = new Promise<void>((resolve) => (thaw = resolve));
    this.frozen ??= { at: this.time.now(), thawed, thaw };
  }

  thaw(): void {
    const { frozen, late } = this;
    this.frozen = null;
    this.late = [];
    for (const run of late) this.whenAwake(run);
    frozen?.thaw();
  }

  /** Now, or when it is thawed; never where it is gone. */
  private whenAwake(run: () => void): void {
    if (!this.alive) return;
    if (this.frozen === null) run();
    else this.late.push(run);
  }

  clock(skew: () => number): Clock {
    return {
      now: () => this.time.now() + skew(),
      ticks: () => this.time.now(),
      after: (ms, run) => {
        let isCancelled = false;
        const cancel = this.time.after(ms, () => {
          this.whenAwake(() => {
            if (!isCancelled) run();
          });
        });
        return () => {
          isCancelled = true;
          cancel();
        };
      },
    };
  }

  /** It sleeps so long, and for as long as it is frozen then. */
  async sleep(ms: number): Promise<void> {
    await this.time.sleep(ms);
    await this.awake();
  }

  private async awake(): Promise<void> {
    while (this.frozen !== null) await this.frozen.thawed;
  }

  /** What comes of it is heard by a tab that is awake. */
  private async hear<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      if (this.frozen !== null) await this.awake();
    }
  }

  transport({ sync }: SyncTransport): SyncTransport {
    return { sync: (request, timeoutMs) => this.hear(sync(request, timeoutMs)) };
  }

  photos({ head, patch }: PhotoTransport): PhotoTransport {
    return {
      head: (sha, timeoutMs) => this.hear(head(sha, timeoutMs)),
      patch: (piece, timeoutMs) => this.hear(patch(piece, timeoutMs)),
    };
  }

  outbox(store: OutboxStore): OutboxStore {
    return {
      ...store,
      onForeignChange: (listener) =>
        store.onForeignChange(() => {
          this.whenAwake(listener);
        }),
    };
  }

  cache(store: CacheStore): CacheStore {
    return {
      ...store,
      onForeignChange: (listener) =>
        store.onForeignChange((change) => {
          this.whenAwake(() => {
            listener(change);
          });
        }),
    };
  }
}
