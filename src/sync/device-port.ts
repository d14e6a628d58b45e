export interface Clock {
  now(): number;
  /** Milliseconds since some moment: what passes between two of them has passed, whatever is done to the clock. */
  ticks(): number;
  /** Calls back after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

export interface Ids {
  /** UUIDv7 for records, of the clock's now. */
  record(): string;
  /** Random, 128 bits. */
  mutation(): string;
  /** 0 ≤ n < 1, for jitter. */
  random(): number;
}

export interface Locks {
  /** Runs alone among the tabs; resolves undefined at once where another holds it. */
  ifFree<T>(name: string, run: () => Promise<T>): Promise<T | undefined>;
}
