import { faultKind } from './database-fault.ts';

/**
 * So long a failure counts at the least: on a disk that is nearly full a small write comes through where a push does
 * not, and a phone that was asked to come again does so within this time.
 */
const FAILING_MS = 60_000;

/** Does the database's disk take what is written? */
export interface DiskState {
  /** Hears of every fault; remembers that the disk failed. */
  note(error: unknown): void;
  /** Runs a write that may be left out, as long as the disk takes none. */
  ifWritable(write: () => Promise<unknown>): Promise<void>;
  /** False once it failed, until some time has passed and a write has come through. */
  isWritable(): Promise<boolean>;
}

export function createDiskState(probe: () => Promise<void>, now: () => number): DiskState {
  let failedAt: number | null = null;
  const note = (error: unknown) => {
    if (faultKind(error) === 'disk') failedAt = now();
  };
  return {
    note,
    async ifWritable(write) {
      try {
        await write();
      } catch (error) {
        if (faultKind(error) !== 'disk') throw error;
        note(error);
      }
    },
    async isWritable() {
      if (failedAt === null) return true;
      if (now() < failedAt + FAILING_MS) return false;
      try {
        await probe();
        failedAt = null;
        return true;
      } catch (error) {
        if (faultKind(error) !== 'disk') throw error;
        note(error);
        return false;
      }
    },
  };
}
