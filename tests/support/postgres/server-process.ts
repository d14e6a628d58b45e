import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { SyncRequest, SyncResponse } from '../../../src/protocol/sync-messages.ts';
import type { SampleMember } from '../sample-world.ts';

const PROGRAM = fileURLToPath(new URL('./sample-server.ts', import.meta.url));

export interface ServerProcess {
  url: string;
  /** One round trip of a member's phone; throws where the server does not answer. */
  send(member: SampleMember): (request: SyncRequest) => Promise<SyncResponse>;
  isRunning(): boolean;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** A server in a process of its own, over a database that others use as well. */
export async function startProcess(databaseUrl: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATA_DIR: join(tmpdir(), 'doorstep-none'), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      const found = /listening on (\d+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`the server ended: ${output}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    send: ({ cookie }) => {
      return async (request) => {
        const headers = { 'content-type': 'application/json', cookie };
        const answer = await fetch(`${url}/api/sync`, { method: 'POST', headers, body: JSON.stringify(request) });
        if (!answer.ok) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
        return (await answer.json()) as SyncResponse;
      };
    },
    isRunning: () => !child.killed,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
