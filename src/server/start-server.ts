import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createDependencies } from './create-dependencies.ts';
import type { Dependencies } from './dependencies.ts';
import { listen } from './listen.ts';
import { openStorage } from './open-storage.ts';
import { prepareSetup } from './setup/prepare-setup.ts';
import { loadStaticFiles } from './static/static-files.ts';
import { startTimers } from './timers/start-timers.ts';

const CLIENT = join(import.meta.dirname, '../../dist/client');

export interface RunningServer {
  deps: Dependencies;
  port: number;
  /** The link that makes the office and its first admin; null once they exist. */
  setupLink: string | null;
  /** Takes no more requests, finishes those under way, ends the streams, closes the database. */
  stop(): Promise<void>;
}

/** The whole server on a data folder. The demo starts the same one and fills it. */
export async function startServer(config: Config, logger: Logger): Promise<RunningServer> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const { db, pokes, close } = await openStorage(config, logger);
  const stopping = new AbortController();
  const deps = createDependencies(db, config, logger, stopping.signal, pokes);
  const listening = await listen(createApp(deps, await loadStaticFiles(CLIENT)), config.port, config.host);
  collectDefaultMetrics({ register: deps.metrics.registry });
  const stopTimers = startTimers(deps);
  return {
    deps,
    port: listening.port,
    setupLink: await prepareSetup(deps),
    async stop() {
      stopping.abort();
      await Promise.all([stopTimers(), listening.close()]);
      await close();
    },
  };
}
