import { rmSync } from 'node:fs';
import { showSlipCode } from '../src/domain/slip/slip-code.ts';
import { ConfigError, readConfig } from '../src/server/config.ts';
import { createLogger } from '../src/server/logger.ts';
import { startServer } from '../src/server/start-server.ts';
import { buildDemo } from '../tests/support/demo/build-demo.ts';
import { DEMO_MEMBERS, DEMO_PASSWORD } from '../tests/support/demo/people.ts';
import { ensureBuild } from './ensure-build.ts';

/** The real server on a folder of its own that is made anew each time, with the demo community. */
const DATA_DIR = '.demo';

ensureBuild();
rmSync(DATA_DIR, { recursive: true, force: true });
const logger = createLogger();
logger.level = 'warn';

const config = readConfigOrExit();
const server = await startServer(config, logger);
console.log('Building the demo community …');
const demo = await buildDemo(server.deps);

const width = Math.max(...DEMO_MEMBERS.map((member) => member.signInName.length));
console.log(`
Doorstep 家门口 · demo with invented people

  ${config.publicUrl}

Sign in with one of these names and the password ${DEMO_PASSWORD}:

${DEMO_MEMBERS.map((member) => `  ${member.signInName.padEnd(width)}  ${member.name}  ${member.does}`).join('\n')}

A resident follows a wish with the code ${showSlipCode(demo.trackingCode)} and the digits ${demo.digits}:

  ${config.publicUrl}/r/${demo.trackingCode}

Ctrl-C stops it; the next start begins anew.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());

function readConfigOrExit(): ReturnType<typeof readConfig> {
  try {
    return readConfig({ ...process.env, DATA_DIR });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
