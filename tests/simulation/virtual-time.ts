import process from 'node:process';

interface Event {
  at: number;
  order: number;
  run: () => void;
  cancelled: boolean;
}

/** Everything that takes time in a run waits here; nothing waits for the real clock. */
export interface VirtualTime {
  now(): number;
  after(ms: number, run: () => void): () => void;
  sleep(ms: number): Promise<void>;
  /** Runs event after event up to this moment. `busy` tells whether work goes on that no event stands for. */
  runUntil(at: number): Promise<void>;
  /** Nobody was awake so long: what was due meanwhile happens late. */
  skip(ms: number): void;
  /** Counts work of real promises that must end before the next event: the server's. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** By then every promise that could go on has gone on. A turn of the real event loop would do the same, and costs more. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    // Ticks come before promises but where one of those asks for them.
    queueMicrotask(() => {
      process.nextTick(resolve);
    });
  });

export function createVirtualTime(start: number): VirtualTime {
  let time = start;
  let count = 0;
  let working = 0;
  let atRest = (): void => undefined;
  const heap: Event[] = [];

  const before = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j]!, heap[i]!];
  };
  const push = (event: Event): void => {
    heap.push(event);
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!before(heap[i]!, heap[parent]!)) break;
      swap(i, parent);
      i = parent;
    }
  };
  const pop = (): Event | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    heap[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
      }
      if (least === i) return first;
      swap(i, least);
      i = least;
    }
  };
  const settle = async (): Promise<void> => {
    await turn();
    while (working > 0) {
      await new Promise<void>((resolve) => {
        atRest = resolve;
      });
      await turn();
    }
  };

  const after = (ms: number, run: () => void): (() => void) => {
    const event: Event = { at: time + Math.max(0, Math.ceil(ms)), order: count++, run, cancelled: false };
    push(event);
    return () => {
      event.cancelled = true;
    };
  };

  return {
    now: () => time,
    after,
    sleep: (ms) =>
      new Promise((resolve) => {
        after(ms, resolve);
      }),
    async runUntil(at) {
      await settle();
      while (heap.length > 0 && heap[0]!.at <= at) {
        const event = pop()!;
        if (event.cancelled) continue;
        time = Math.max(time, event.at);
        event.run();
        await settle();
      }
      time = Math.max(time, at);
    },
    skip(ms) {
      time += ms;
    },
    async during(work) {
      working += 1;
      try {
        return await work;
      } finally {
        working -= 1;
        if (working === 0) atRest();
      }
    },
  };
}
