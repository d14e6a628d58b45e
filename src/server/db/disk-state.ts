import { faultKind } from './database-fault.ts';

/** Whoever asks more often is answered as before: each look is a write that waits for the disk. */
const LOOK_EVERY_MS = 5000;

/** Does the database's disk take what is written? */
export interface DiskState {
  /** Heard of every fault; remembers that the disk failed. */
  note(error: unknown): void;
  /** Runs a write that may be left out, as long as the disk takes none. */
  ifWritable(write: () => Promise<unknown>): Promise<void>;
  /** False once it failed, until a write has come through again. */
  isWritable(): Promise<boolean>;
}

export function createDiskState(probe: () => Promise<void>, now: () => number): DiskState {
  let failing = false;
  let lookedAt = 0;
  const note = (error: unknown) => {
    if (faultKind(error) === 'disk') failing = true;
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
      if (!failing || now() < lookedAt + LOOK_EVERY_MS) return !failing;
      lookedAt = now();
      try {
        await probe();
        failing = false;
      } catch (error) {
        if (faultKind(error) !== 'disk') throw error;
      }
      return !failing;
    },
  };
}
