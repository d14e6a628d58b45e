import { parseArgs } from 'node:util';
import { addCoverage, describeCoverage, missedFaults, newCoverage } from '../tests/simulation/faults.ts';
import { runSeed } from '../tests/simulation/run-seed.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    tail: { type: 'boolean', default: false },
  },
});

const first = Number(values.from);
const coverage = newCoverage();
const began = performance.now();
let failed = 0;
let saved = 0;
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const result = await runSeed(seed);
  addCoverage(coverage, result.coverage);
  saved += result.saved;
  if (result.found.length === 0) continue;
  failed += 1;
  console.log(`seed ${seed} failed:\n  ${result.found.slice(0, 20).join('\n  ')}`);
  if (values.tail) console.log(result.tail.join('\n'));
  console.log(`  again: npm run simulate -- --seeds 1 --from ${seed} --tail`);
}
const seconds = (performance.now() - began) / 1000;
console.log(describeCoverage(coverage));
console.log(`${values.seeds} seeds, ${failed} failed, ${saved} mutations saved, ${seconds.toFixed(1)} s`);
const missed = missedFaults(coverage);
if (Number(values.seeds) >= 20 && missed.length > 0) {
  console.log(`never hit a mutation in flight: ${missed.join(', ')}`);
  process.exitCode = 1;
}
if (failed > 0) process.exitCode = 1;
