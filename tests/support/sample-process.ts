import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { startProgram, type Program } from './program.ts';
import type { SampleMember } from './sample-world.ts';

const PROGRAM = fileURLToPath(new URL('./sample-server.ts', import.meta.url));
/** The same, which stands still where `HOLD_AT` says. */
const HELD_PROGRAM = fileURLToPath(new URL('./held-server.ts', import.meta.url));

export interface SampleProcess extends Pick<Program, 'until'> {
  url: string;
  /** One round trip of a member's phone; throws where the server does not answer. */
  send(member: SampleMember): (request: SyncRequest) => Promise<SyncResponse>;
  isRunning(): boolean;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** A server with the sample rules in a process of its own, over the database that `env` names. */
export async function startSampleProcess(env: Readonly<Record<string, string>>): Promise<SampleProcess> {
  const program = startProgram(env['HOLD_AT'] === undefined ? PROGRAM : HELD_PROGRAM, [], {
    env: { DATA_DIR: join(tmpdir(), 'doorstep-none'), ...env },
  });
  const [, port] = await program.until(/listening on (\d+)/);
  const url = `http://127.0.0.1:${port}`;
  let running = true;
  return {
    url,
    until: program.until,
    send: ({ cookie }) => {
      return async (request) => {
        const headers = { 'content-type': 'application/json', cookie };
        const answer = await fetch(`${url}/api/sync`, { method: 'POST', headers, body: JSON.stringify(request) });
        if (!answer.ok) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
        return (await answer.json()) as SyncResponse;
      };
    },
    isRunning: () => running,
    async kill() {
      running = false;
      await program.kill();
    },
  };
}
