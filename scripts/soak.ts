import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { buildOffice } from '../tests/support/demo/build-demo.ts';
import { ADMIN, VOLUNTEER } from '../tests/support/demo/people.ts';
import { fillOffice } from '../tests/browser/support/fill-office.ts';
import { Office } from '../tests/browser/support/office.ts';
import { createPrng } from '../tests/simulation/prng.ts';
import { cutPhoto } from '../tests/soak/cut-photo.ts';
import { oldBesideNew } from '../tests/soak/old-beside-new.ts';
import { randomFaults } from '../tests/soak/random-faults.ts';
import type { SoakWalk } from '../tests/soak/soak-walk.ts';
import { makeTwoPrograms } from '../tests/soak/two-programs.ts';
import { updateInMidSync } from '../tests/soak/update-in-mid-sync.ts';
import { ensureBuild } from './ensure-build.ts';

/** What takes longer than a test may: real browsers, real kills, two builds, and faults by chance for as long as is asked. */
const WALKS: readonly SoakWalk[] = [oldBesideNew, updateInMidSync, cutPhoto, randomFaults];

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const walks = WALKS.filter(({ name }) => values.only === undefined || name === values.only);
if (walks.length === 0) throw new Error(`--only is one of: ${WALKS.map(({ name }) => name).join(', ')}`);

ensureBuild();
const programs = makeTwoPrograms();
if (!programs.isEarlier)
  console.log('NOT TESTED: an earlier page. The history does not reach back to it; both builds are of today.');
const failed: string[] = [];
try {
  for (const { name, walk } of walks) {
    const office = await Office.open(fillOffice((deps) => buildOffice(deps, [ADMIN, VOLUNTEER])));
    const began = performance.now();
    const until = Date.now() + Number(values.minutes) * 60_000;
    const say = (line: string): void => console.log(`  ${line}`);
    try {
      await walk({ office, programs, prng: createPrng(seed), until, say });
      console.log(`ok     ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed.push(name);
      console.log(`FAILED ${name}\n${error instanceof Error ? error.message : String(error)}`);
      console.log(`  again: npm run test:soak -- --only ${name} --minutes ${values.minutes} --seed ${seed}`);
    } finally {
      await office.close();
    }
  }
} finally {
  programs.remove();
}
console.log(`seed ${seed}: ${walks.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
