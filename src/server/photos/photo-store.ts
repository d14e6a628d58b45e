export interface KeptPhoto {
  sha: string;
  size: number;
  /** When it was put there, by the clock of the store. */
  putAt: number;
}

/**
 * Where the bytes of photos and voice notes lie, by their hash. Nothing comes in that was not verified, and what is
 * in is never changed. A store that does not answer throws.
 */
export interface PhotoStore {
  /** When it is done the bytes outlive a crash. A second time changes nothing. */
  put(sha: string, bytes: Uint8Array, type: string): Promise<void>;
  /** Null where they are not here. */
  get(sha: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Also where they are not here. */
  remove(sha: string): Promise<void>;
  /** What is here under hashes that begin with these two digits. */
  list(start: string): Promise<KeptPhoto[]>;
  /** Leaves the mark of an office, and answers whose marks are here. */
  mark(office: string): Promise<string[]>;
  /** Throws away what a put that was killed has left, and nobody has written to since. */
  sweep(before: number): Promise<void>;
}
