import process from 'node:process';
import { isReached } from './figure.ts';
import type { Figure } from './figure.ts';
import { keepFigures, readCommit } from './keep-figures.ts';
import { closeBenchWorld } from './phone/bench-world.ts';
import { measureColdPull, measureColdPullLarge } from './phone/measure-cold-pull.ts';
import { measureDrain } from './phone/measure-drain.ts';
import { measureIncrementalPull } from './phone/measure-incremental-pull.ts';
import { measureOpening } from './phone/measure-opening.ts';
import { measureSaveAtDoor } from './phone/measure-save-at-door.ts';
import { RULE, tableOf } from './print-table.ts';
import { measureClaims } from './server/claims.ts';
import { measurePokeMemory } from './server/poke-memory.ts';
import { measurePushRate } from './server/push-rate.ts';

interface Measure {
  /** `npm run bench -- NAME` runs this one alone. */
  name: string;
  measure(): Promise<Figure[]>;
}

const MEASURES: readonly Measure[] = [
  { name: 'coldPull', measure: measureColdPull },
  { name: 'coldPullLarge', measure: measureColdPullLarge },
  { name: 'incrementalPull', measure: measureIncrementalPull },
  { name: 'saveAtDoor', measure: measureSaveAtDoor },
  { name: 'drain', measure: measureDrain },
  { name: 'openWith100k', measure: measureOpening },
  { name: 'pushRate', measure: measurePushRate },
  { name: 'claims', measure: measureClaims },
  { name: 'pokeStream', measure: measurePokeMemory },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !MEASURES.some((measure) => measure.name === name));
if (unknown.length > 0) {
  console.error(`No such measure: ${unknown.join(', ')}. There are: ${MEASURES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const figures: Figure[] = [];
const started = Date.now();
const commit = await readCommit();
try {
  for (const { name, measure } of MEASURES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`${name} …`);
    const measured = await measure();
    console.log(tableOf(measured));
    figures.push(...measured);
    // Kept at once: a measure that fails takes no other's figures with it.
    await keepFigures(measured, commit);
  }
} finally {
  await closeBenchWorld();
}
console.log(`\n${tableOf(figures)}\n\n${RULE}\n\n${Math.round((Date.now() - started) / 1000)} s`);
const missed = figures.filter((figure) => !isReached(figure)).map(({ name }) => name);
console.log(`${missed.length} of ${figures.length} aims missed${missed.length > 0 ? `: ${missed.join(', ')}` : ''}.`);
// Whoever repeats it from a script is told as well.
if (missed.length > 0) process.exitCode = 1;
