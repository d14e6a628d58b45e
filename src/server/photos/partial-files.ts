import { constants } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeAndTime } from '../files/look-into-folder.ts';
import { isNoSuchFile } from '../files/no-such-file.ts';
import { sweepFolder } from '../files/sweep-folder.ts';

const { O_CREAT, O_RDWR } = constants;

/**
 * Uploads under way, one file each: its length is how far it has come. Nothing here is promised to anyone; after a
 * crash the phone asks for the length and goes on from there, and the hash decides in the end.
 */
export interface PartialFiles {
  /** How many bytes are here. */
  length(name: string): Promise<number>;
  /** Adds bytes that belong at `at`; none where the file ends elsewhere. Answers where it ends now. */
  append(name: string, at: number, bytes: Uint8Array): Promise<number>;
  read(name: string): Promise<Uint8Array>;
  discard(name: string): Promise<void>;
  /** Discards what nobody has added to since. */
  sweep(before: number): Promise<void>;
}

/** Each member brings all of it: who has some of another's bytes does not get the rest by naming them. */
export const uploadName = (sha: string, memberId: string): string => `${sha}.${memberId}`;

export function partialFiles(folder: string): PartialFiles {
  const pathOf = (name: string) => join(folder, name);
  return {
    discard: (name) => rm(pathOf(name), { force: true }),
    async length(name) {
      return (await sizeAndTime(pathOf(name)))?.size ?? 0;
    },
    async append(name, at, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(pathOf(name), at === 0 ? O_RDWR | O_CREAT : O_RDWR, 0o600).catch((error: unknown) => {
        if (isNoSuchFile(error)) return null;
        throw error;
      });
      if (!file) return 0;
      try {
        const { size } = await file.stat();
        if (size !== at) return size;
        let written = 0;
        while (written < bytes.length) {
          written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
        }
        return at + written;
      } finally {
        await file.close();
      }
    },
    read: (name) => readFile(pathOf(name)),
    sweep: (before) => sweepFolder(folder, before),
  };
}
