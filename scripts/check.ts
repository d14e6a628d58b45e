import { spawn } from 'node:child_process';

/** Format, lint, types of every environment, dead code: what every commit must pass. */
const STEPS: readonly [name: string, command: string, args: string[]][] = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['lint', 'eslint', ['--max-warnings', '0', '.']],
  ...['shared', 'server', 'client', 'worker', 'tests'].map((environment): [string, string, string[]] => [
    `types of ${environment}`,
    'vue-tsc',
    ['--noEmit', '-p', `tsconfig.${environment}.json`],
  ]),
  ['dead code', 'knip', ['--no-progress']],
];

function run([name, command, args]: (typeof STEPS)[number]): Promise<boolean> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${command}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${code === 0 ? '' : `\n${output}`}`);
      resolve(code === 0);
    });
  });
}

// Two at a time: the machines that this runs on have two cores.
const waiting = [...STEPS];
const results: boolean[] = [];
const worker = async (): Promise<void> => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await run(step));
};
await Promise.all([worker(), worker()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
