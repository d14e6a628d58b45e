import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Requests under way get this long to finish when the server stops. */
const GRACE_MS = 10_000;
/** Longer than a proxy keeps a connection that nobody uses: whoever closes first must be the proxy. */
const KEEP_ALIVE_MS = 65_000;

export interface Listening {
  port: number;
  /** Takes no more connections, lets requests under way finish, then ends. */
  close(): Promise<void>;
  /** Cuts every connection at once, as a crash would. */
  cut(): Promise<void>;
}

export async function listen(app: Hono, port: number, host: string): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeServer(server, GRACE_MS),
    cut: () => closeServer(server, 0),
  };
}

async function closeServer(server: ServerType, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const end = (which: 'closeIdleConnections' | 'closeAllConnections') => {
    if (which in server) (server as Server)[which]();
  };
  // A connection is idle only once its answer is out, so they are looked for until none is left.
  const sweep = setInterval(() => end('closeIdleConnections'), 50);
  const cut = setTimeout(() => end('closeAllConnections'), graceMs);
  end('closeIdleConnections');
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
