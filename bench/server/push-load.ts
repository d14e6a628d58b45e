import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** What one device sends, one request after the other; each is a whole POST as it goes over the wire. */
export interface DeviceLoad {
  requests: Uint8Array[];
}

export interface LoadResult {
  /** From the first byte sent to the last answer. */
  ms: number;
  latencies: number[];
  /** The answers that do not say `applied`. */
  failures: string[];
}

interface LoadWork {
  port: number;
  devices: DeviceLoad[];
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** One device on a line that stays open: the next request goes when the answer to the last is here. */
function runDevice(socket: Socket, { requests }: DeviceLoad, result: LoadResult): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let sentAt = 0;
    let got: Buffer = Buffer.alloc(0);
    const send = (): void => {
      const request = requests[next++];
      if (request === undefined) return resolve();
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      const head = got.indexOf(HEAD_END);
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(got.toString('latin1', 0, head))?.[1] ?? NaN);
      if (Number.isNaN(length)) return reject(new Error(got.toString('utf8')));
      if (got.length < head + 4 + length) return;
      if (!got.includes('"status":"applied"')) result.failures.push(got.toString('utf8', head + HEAD_END.length));
      result.latencies.push(performance.now() - sentAt);
      got = Buffer.alloc(0);
      send();
    });
    send();
  });
}

async function run({ port, devices }: LoadWork): Promise<LoadResult> {
  const sockets = await Promise.all(
    devices.map(
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
          socket.once('error', reject);
        }),
    ),
  );
  const result: LoadResult = { ms: 0, latencies: [], failures: [] };
  const start = performance.now();
  await Promise.all(devices.map((device, n) => runDevice(sockets[n]!, device, result)));
  result.ms = performance.now() - start;
  for (const socket of sockets) socket.destroy();
  return result;
}

parentPort?.postMessage(await run(workerData as LoadWork));
