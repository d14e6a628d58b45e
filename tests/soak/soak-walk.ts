import type { Office } from '../browser/support/office.ts';
import type { Prng } from '../simulation/prng.ts';
import type { TwoPrograms } from './two-programs.ts';

export interface SoakWorld {
  office: Office;
  programs: TwoPrograms;
  prng: Prng;
  /** When a walk that could go on for ever ends. */
  until: number;
  say(line: string): void;
}

/** Throws where an account does not balance. */
export interface SoakWalk {
  name: string;
  walk(world: SoakWorld): Promise<void>;
}

/** The server with another build behind the same address, as after an update. */
export async function moveTo({ office }: SoakWorld, folder: string): Promise<void> {
  await office.stop();
  office.folder = folder;
  await office.start();
}
