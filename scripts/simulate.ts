import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { catchBug, describeCaught } from '../tests/simulation/catch-bug.ts';
import { describePlanned, planOf } from '../tests/simulation/event-plan.ts';
import { addCoverage, describeCoverage, missedFaults, missedStates, newCoverage } from '../tests/simulation/faults.ts';
import { PLANTED_BUGS } from '../tests/simulation/planted-bugs.ts';
import { runSeed, type SeedResult } from '../tests/simulation/run-seed.ts';
import { shrink } from '../tests/simulation/shrink.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    minutes: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    tail: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    twice: { type: 'boolean', default: false },
  },
});

/** Fewer runs prove nothing of how often a fault strikes. */
const ENOUGH_FOR_COVERAGE = 50;
const RUNS_TO_SHRINK = 200;
/** Every so many runs twice, and must go as it went; with `--twice` each does. [I21] */
const ONE_IN = 10;
const runsTwice = (seed: number): boolean => values.twice || seed % ONE_IN === 0;

interface Share {
  first: number;
  end: number;
  step: number;
  until: number | null;
}

async function runShare({ first, end, step, until }: Share): Promise<void> {
  for (let seed = first; seed < end && (until === null || Date.now() < until); seed += step) {
    const result = await runSeed(seed);
    const again = runsTwice(seed) ? await runSeed(seed) : result;
    if (again.hash !== result.hash) result.found.push('I21 it ran otherwise the second time');
    parentPort?.postMessage(result);
  }
}

async function describeFailure({ seed, found, tail }: SeedResult): Promise<void> {
  console.log(`seed ${seed} failed:\n  ${found.slice(0, 20).join('\n  ')}`);
  if (values.tail) console.log(tail.join('\n'));
  console.log(`  again: npm run simulate -- --seeds 1 --from ${seed} --tail --shrink`);
  if (!values.shrink) return;
  const plan = planOf(seed);
  const fails = async (kept: typeof plan): Promise<boolean> => (await runSeed(seed, { plan: kept })).found.length > 0;
  const { kept, runs } = await shrink(plan, (rest) => fails([...rest]), RUNS_TO_SHRINK);
  console.log(`  ${kept.length} of ${plan.length} events are enough (${runs} runs):`);
  for (const planned of kept) console.log(`    ${describePlanned(planned)}`);
}

async function runSeeds(): Promise<void> {
  const first = Number(values.from);
  const end = first + Number(values.seeds);
  const workers = Math.max(1, Math.min(Number(values.workers), end - first));
  const until = values.minutes === undefined ? null : Date.now() + Number(values.minutes) * 60_000;
  const coverage = newCoverage();
  const began = performance.now();
  const failures: SeedResult[] = [];
  let [done, twice, saved, told] = [0, 0, 0, began];
  const take = (result: SeedResult): void => {
    done += 1;
    if (runsTwice(result.seed)) twice += 1;
    saved += result.saved;
    addCoverage(coverage, result.coverage);
    if (result.found.length > 0) {
      failures.push(result);
      console.log(`seed ${result.seed}: ${result.found[0] ?? ''}`);
    }
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    const rate = done / ((told - began) / 1000);
    console.log(`${done} of ${end - first} seeds, ${failures.length} failed, ${rate.toFixed(2)} a second`);
  };
  await Promise.all(
    Array.from({ length: workers }, (_, n) => {
      const share: Share = { first: first + n, end, step: workers, until };
      const worker = new Worker(new URL(import.meta.url), { workerData: share, argv: process.argv.slice(2) });
      worker.on('message', take);
      return new Promise<void>((resolve, reject) => {
        worker.on('error', reject);
        worker.on('exit', () => {
          resolve();
        });
      });
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const failure of failures.sort((a, b) => a.seed - b.seed).slice(0, 10)) await describeFailure(failure);
  console.log(describeCoverage(coverage));
  console.log(
    `${done} seeds (${twice} of them twice), ${failures.length} failed, ${saved} mutations saved, ${seconds.toFixed(1)} s, ${workers} workers`,
  );
  const missed = done < ENOUGH_FOR_COVERAGE ? [] : missedFaults(coverage);
  if (missed.length > 0) console.log(`never hit a mutation in flight: ${missed.join(', ')}`);
  const states = done < ENOUGH_FOR_COVERAGE ? [] : missedStates(coverage);
  if (states.length > 0) console.log(`never struck: ${states.join(', ')}`);
  if (missed.length > 0 || failures.length > 0) process.exitCode = 1;
}

async function runBugs(): Promise<void> {
  const caught = [];
  for (const bug of PLANTED_BUGS) caught.push(await catchBug(bug, 500));
  console.log(describeCaught(caught));
  if (caught.some(({ seed }) => seed === null)) process.exitCode = 1;
}

if (!isMainThread) await runShare(workerData as Share);
else if (values.bugs) await runBugs();
else await runSeeds();
