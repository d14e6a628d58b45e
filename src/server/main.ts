import process from 'node:process';
import { readConfig, type Config } from './config.ts';
import { explainStartFault } from './explain-start-fault.ts';
import { createLogger } from './logger.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { logFault } from './sync/log-fault.ts';

const logger = createLogger();
let config: Config | null = null;

try {
  config = readConfig(process.env);
  const server = await startServer(config, logger);
  // First: whoever reads the greeting may stop the server at once.
  stopOnSignal(server);
  logger.info({ port: server.port, host: config.host }, 'listening');
  greet(server, config);
} catch (error) {
  const sentence = explainStartFault(error, config);
  if (!sentence) throw error;
  console.error(sentence);
  process.exit(1);
}

/** The link is for the person at the console alone, so it does not go through the log. */
function greet({ setupLink }: RunningServer, { publicUrl }: Config): void {
  if (setupLink) {
    console.log(`\nThere is no office yet. Open this link once to make it and its first admin:\n\n  ${setupLink}\n`);
  } else {
    console.log(`\nDoorstep: ${publicUrl}\n`);
  }
}

function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  const stop = async () => {
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
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}
