import { TransportError } from '../../src/sync/transport-port.ts';
import type { SyncTransport, TransportFault } from '../../src/sync/transport-port.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { Session } from '../../src/server/auth/session.ts';
import { readLastSeq } from '../../src/server/sync/receipts.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import type { FailedTries } from './failed-tries.ts';
import { REQUEST_FAULTS, type DeviceState, type Fault, type RequestFault } from './faults.ts';
import { askedToHold, withRowsCommittedLate, withStaleSpaces } from './planted-server-bugs.ts';
import { ServerKilled } from './server-faults.ts';
import { answerBySeqAlone, on401, onReset, requestWithBug } from './planted-bugs.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Prng } from './prng.ts';
import type { ServerWorld } from './server-world.ts';
import type { SimDevice } from './sim-device.ts';
import { uuid } from './sim-device.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Faults of a request, and how often each strikes in a run; 0 once the faults have stopped. */
export type Weather = Partial<Record<Fault | 'photoCut', number>>;

export interface NetworkWorld {
  time: VirtualTime;
  prng: Prng;
  trace: Trace;
  server: ServerWorld;
  hit(fault: Fault, state: DeviceState): void;
  /** Rows in a page; what the server has by itself is too much for a small town. */
  pageSize: number;
  weather: Weather;
  bug: PlantedBug | null;
  tries: FailedTries;
  /** The server ended in the midst of a request: nobody hears of it, and it is started again. */
  killed(): void;
  /** What an answer must never hold. */
  inspect(device: SimDevice, response: SyncResponse): void;
}

const isPushing = (request: SyncRequest): boolean => request.push.length > 0;

type Executor = ConstructorParameters<typeof Promise<SyncResponse>>[0];

async function counted(device: SimDevice, request: SyncRequest, run: Executor): Promise<SyncResponse> {
  const pushing = isPushing(request) ? 1 : 0;
  device.requests += 1;
  device.pushes += pushing;
  try {
    return await new Promise(run);
  } finally {
    device.requests = Math.max(0, device.requests - 1);
    device.pushes = Math.max(0, device.pushes - pushing);
  }
}

export function createSimNetwork(world: NetworkWorld): (device: SimDevice) => SyncTransport {
  const { time, prng, trace, server } = world;

  const choose = (): RequestFault | null => {
    for (const fault of REQUEST_FAULTS) if (prng.chance(world.weather[fault] ?? 0)) return fault;
    return null;
  };

  const handle = async (device: SimDevice, request: SyncRequest): Promise<SyncResponse> => {
    const holds = (name: string): boolean =>
      request.push.some(({ mutations }) => mutations.some((one) => one.name === name && one.quarantine !== true));
    if (holds('sim.poison')) {
      world.hit('poison', 'pushing');
      throw new TransportError('server');
    }
    if (holds('sim.unwelcome')) {
      world.hit('refused400', 'pushing');
      throw new TransportError('refused');
    }
    if (holds('sim.stubborn')) world.hit('retryForEver', 'pushing');
    const { memberId, sessionId } = device;
    const { visitor } = device;
    const session: Session =
      visitor === null
        ? { id: sessionId, memberId, name: '', roles: NO_ROLES, revoked: false }
        : { id: `${sessionId} of another`, memberId: visitor, name: '', roles: NO_ROLES, revoked: false };
    const { pageSize } = world;
    const serve = (sent: SyncRequest): Promise<SyncResponse> => server.handle(session, sent, pageSize);
    if (world.bug === 'heldUnasked') return serve(askedToHold(request));
    if (world.bug === 'allowedBeforeSnapshot') {
      return withStaleSpaces(server.deps.db, request, await serve(request), { before: device.lastAllowed, pageSize });
    }
    if (world.bug === 'cursorBySequence' || world.bug === 'cursorBySequenceUnseen') {
      return withRowsCommittedLate(await serve(request), prng, world.bug === 'cursorBySequence');
    }
    if (world.bug !== 'midNotCompared') return serve(request);
    const known = async (space: string, seq: number): Promise<string | undefined> => {
      const query = server.deps.db.selectFrom('receipt').select('mid').where('client', '=', request.client);
      return (await query.where('space', '=', space).where('seq', '=', seq).executeTakeFirst())?.mid;
    };
    return answerBySeqAlone(request, device.outbox, known, serve);
  };

  /** The request reaches the server. */
  const arrive = async (device: SimDevice, request: SyncRequest): Promise<SyncResponse> => {
    const response = await time.during(handle(device, request));
    if (world.bug === 'lastSeqOnFirstPage') {
      for (const { space } of response.pages) {
        device.told.set(space, await time.during(readLastSeq(server.deps.db, request.client, space)));
      }
    }
    world.inspect(device, response);
    device.lastAllowed = response.allowed;
    trace.note(`${device.name} answered ${JSON.stringify(response)}`);
    return response;
  };

  const latency = (): number => 20 + prng.int(400);

  return (device) => ({
    sync: (made, timeoutMs) =>
      counted(device, made, (resolve, reject) => {
        const request = requestWithBug(made, world.bug, () => uuid(prng, '4'));
        const pushing = isPushing(request);
        const fault = choose();
        const state = pushing ? 'pushing' : device.waiting > 0 ? 'waiting' : 'pulling';
        if (fault !== null) world.hit(fault, state);
        trace.note(`${device.name} sends ${fault ?? ''} ${JSON.stringify(request)}`);
        const cancel = time.after(timeoutMs, () => {
          reject(new TransportError('offline'));
        });
        const fail = (kind: TransportFault, retryAfterMs: number | null = null): void => {
          world.tries.failed(request, kind);
          time.after(latency(), () => {
            cancel();
            reject(new TransportError(kind, retryAfterMs));
          });
        };
        const deliver = (response: SyncResponse): void => {
          world.tries.answered(request, response);
          time.after(fault === 'responseLate' ? 5_000 + prng.int(120_000) : latency(), () => {
            cancel();
            if (!device.online) {
              reject(new TransportError('offline'));
              return;
            }
            onReset(world.bug, device.outbox, response);
            resolve(response);
          });
        };
        const send = (delay: number, answer: 'deliver' | 'lose' | 'error'): void => {
          time.after(delay, () => {
            void arrive(device, request).then(
              (response) => {
                if (answer === 'deliver') deliver(response);
                if (answer === 'error') fail('server');
              },
              (error: unknown) => {
                if (error instanceof TransportError) fail(error.fault);
                else if (error instanceof ServerKilled) world.killed();
                else throw error;
              },
            );
          });
        };

        if (!device.online) {
          world.hit('offline', state);
          fail('offline');
          return;
        }
        if (device.signedOut || fault === 'unauthenticated401') {
          device.signedOut = true;
          on401(world.bug, device.outbox);
          fail('unauthenticated');
          return;
        }
        switch (fault) {
          case 'requestLost':
            return;
          case 'responseLost':
            send(latency(), 'lose');
            return;
          case 'errorAfterCommit':
            send(latency(), 'error');
            return;
          case 'requestTwice':
            send(latency(), 'deliver');
            send(latency() + prng.int(60_000), 'lose');
            return;
          case 'requestLate':
            send(5_000 + prng.int(180_000), 'deliver');
            return;
          case 'tooLarge413':
            fail('too_large');
            return;
          case 'rateLimited429':
            fail('rate_limited', 1_000 + prng.int(20_000));
            return;
          case 'serverError500':
            fail('server', prng.chance(0.5) ? prng.int(5_000) : null);
            return;
          case 'captivePortal':
            fail('not_doorstep');
            return;
          default:
            send(latency(), 'deliver');
        }
      }),
  });
}
