import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBuild } from './ensure-build.ts';
import { flakyIn, type BrowserReport } from './flaky-in.ts';
import { installChromium } from './install-chromium.ts';

/** Everything: rules, server, simulation, client, then the browser. The last line is `N passed, N failed`. */
interface Counts {
  passed: number;
  failed: number;
}

const VITEST_REPORT = 'test-results/vitest.json';
const BROWSER_REPORT = 'test-results/browser.json';

const run = (command: string, args: string[]): boolean =>
  spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' }).status === 0;

function report(path: string, count: (json: never) => Counts, exitedWell: boolean): Counts {
  try {
    const counts = count(JSON.parse(readFileSync(path, 'utf8')) as never);
    // A runner that fails without a failed test (a crash, an unhandled error) counts as one.
    return exitedWell || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    console.error(`No report at ${path}: the runner did not get that far.`);
    return { passed: 0, failed: 1 };
  }
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
installChromium();
ensureBuild();

const vitestWell = run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${VITEST_REPORT}`,
]);
const unit = report(
  VITEST_REPORT,
  (json: { numPassedTests: number; numFailedTests: number }) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
  }),
  vitestWell,
);

const browserWell = run('playwright', ['test']);
let flaky: string[] = [];
const browser = report(
  BROWSER_REPORT,
  (json: BrowserReport) => {
    flaky = flakyIn(json.suites);
    return { passed: json.stats.expected + json.stats.flaky, failed: json.stats.unexpected };
  },
  browserWell,
);

for (const name of flaky) console.log(`passed only at the second try: ${name}`);
const failed = unit.failed + browser.failed;
console.log(`${unit.passed + browser.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
