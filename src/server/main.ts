import process from 'node:process';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createLogger } from './logger.ts';
import { logFault } from './sync/log-fault.ts';
import { startServer } from './start-server.ts';

const logger = createLogger();

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const config = readConfigOrExit();
const server = await startServer(config, logger);
logger.info({ port: server.port, host: config.host }, 'listening');
if (server.setupLink) {
  console.log(
    `\nThere is no office yet. Open this link once to make it and its first admin:\n\n  ${server.setupLink}\n`,
  );
} else {
  console.log(`\nDoorstep: ${config.publicUrl}\n`);
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info('stopping');
  try {
    await server.stop();
    logger.info('stopped');
  } catch (error) {
    logFault(logger, 'the stop failed', error);
    process.exitCode = 1;
  }
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
