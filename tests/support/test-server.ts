import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp } from '../../src/server/app.ts';
import { listen } from '../../src/server/listen.ts';
import { loadStaticFiles } from '../../src/server/static/static-files.ts';
import { createTestDependencies, type TestDependencies, type TestOptions } from './test-dependencies.ts';

const CLIENT = join(import.meta.dirname, '../../dist/client');

export interface TestServer {
  url: string;
  port: number;
  deps: TestDependencies;
  /** Stops as on SIGTERM: requests under way finish. */
  close(): Promise<void>;
  /** Cuts every connection in the middle of what it does. */
  kill(): Promise<void>;
}

/** The real server on a port of its own; with `dataDir` its database is a file that a second start finds again. */
export async function startTestServer(
  options: TestOptions & { dataDir?: string; port?: number } = {},
): Promise<TestServer> {
  const { dataDir, port = 0, ...rest } = options;
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const file = dataDir && join(dataDir, 'doorstep.sqlite');
  const deps = await createTestDependencies({
    ...rest,
    file: file ?? rest.file,
    photoFolder: dataDir ?? rest.photoFolder,
  });
  const listening = await listen(createApp(deps, await loadStaticFiles(CLIENT)), port, '127.0.0.1');
  deps.config.publicUrl = `http://127.0.0.1:${listening.port}`;
  const end = async (how: 'close' | 'cut') => {
    deps.endStreams();
    await listening[how]();
    await deps.close();
  };
  return {
    url: `http://127.0.0.1:${listening.port}`,
    port: listening.port,
    deps,
    close: () => end('close'),
    kill: () => end('cut'),
  };
}
