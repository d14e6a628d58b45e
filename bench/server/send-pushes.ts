import { Worker } from 'node:worker_threads';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import type { PushedMutation, SyncRequest } from '../../src/protocol/sync-messages.ts';
import type { BenchMember } from './bench-office.ts';
import type { DeviceLoad, LoadResult } from './push-load.ts';

/** A push of one mutation as it goes over the wire. */
export function postOf(
  member: BenchMember,
  { space, name, v, args }: MutationDraft,
  sent: Pick<PushedMutation, 'seq' | 'mid' | 'at'>,
): Uint8Array {
  const request: SyncRequest = {
    protocol: 2,
    member: member.id,
    client: `client-${member.id}`,
    epoch: 'epoch-1',
    build: 'bench',
    pending: 1,
    sentAt: sent.at,
    lastContactAt: sent.at,
    push: [{ space, mutations: [{ ...sent, name, v, args }] }],
    pull: [],
  };
  const body = Buffer.from(JSON.stringify(request));
  const head = [
    'POST /api/sync HTTP/1.1',
    'host: 127.0.0.1',
    `cookie: ${member.cookie}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n')), body]);
}

/** From a thread of its own: the phones' work must not be counted as the server's. */
export function sendAll(port: number, devices: DeviceLoad[]): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./push-load.ts', import.meta.url), { workerData: { port, devices } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
