import { fork } from 'node:child_process';
import { figureOf, median, type Figure } from '../figure.ts';
import type { StreamMemory } from './poke-office.ts';

const RUNS = 5;
const KIB = 1024;
const MIB = KIB * KIB;

/** What a stream costs an office whose process has done nothing else: what others leave behind would be filled first. */
export async function measurePokeMemory(): Promise<Figure[]> {
  const runs: StreamMemory[] = [];
  for (let n = 0; n < RUNS; n++) runs.push(await inOwnProcess());
  const pokeMs = median(runs.map((run) => run.pokeMs)).toFixed(0);
  const note = `ratio: KiB a stream; limit: before; a poke to all takes ${pokeMs} ms of processor time`;
  const pairs = runs.map(({ before, after, each }) => ({ ms: after / MIB, limitMs: before / MIB, each: each / KIB }));
  return [figureOf({ name: 'pokeStream', aim: 32, unit: 'MiB', note }, pairs, ({ each }) => each)];
}

const inOwnProcess = (): Promise<StreamMemory> =>
  new Promise((resolve, reject) => {
    const office = fork(new URL('./poke-office.ts', import.meta.url), { execArgv: ['--expose-gc'] });
    office.once('message', (memory) => resolve(memory as StreamMemory));
    office.once('error', reject);
    office.once('exit', (code) => reject(new Error(`the office of the streams ended with ${code}`)));
  });
