import { TransportError } from '../../src/sync/ports.ts';
import type { SyncTransport, TransportFault } from '../../src/sync/ports.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { Session } from '../../src/server/auth/session.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { countFault } from './faults.ts';
import type { Coverage, Fault } from './faults.ts';
import { answerBySeqAlone, on401, requestWithBug } from './planted-bugs.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Prng } from './prng.ts';
import type { ServerWorld } from './server-world.ts';
import type { SimDevice } from './sim-device.ts';
import { uuid } from './sim-device.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Faults of a request, and how often each strikes in a run; 0 once the faults have stopped. */
export type Weather = Partial<Record<Fault, number>>;

export interface NetworkWorld {
  time: VirtualTime;
  prng: Prng;
  trace: Trace;
  server: ServerWorld;
  coverage: Coverage;
  weather: Weather;
  bug: PlantedBug | null;
  /** What an answer must never hold. */
  inspect(device: SimDevice, response: SyncResponse): void;
}

const REQUEST_FAULTS = [
  'requestLost',
  'responseLost',
  'requestTwice',
  'requestLate',
  'responseLate',
  'unauthenticated401',
  'tooLarge413',
  'rateLimited429',
  'serverError500',
  'errorAfterCommit',
  'captivePortal',
] as const satisfies readonly Fault[];

type RequestFault = (typeof REQUEST_FAULTS)[number];

const isPushing = (request: SyncRequest): boolean => request.push.length > 0;

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
      countFault(world.coverage, 'poison', true);
      throw new TransportError('server');
    }
    if (holds('sim.unwelcome')) {
      countFault(world.coverage, 'refused400', true);
      throw new TransportError('refused');
    }
    if (holds('sim.stubborn')) countFault(world.coverage, 'retryForEver', true);
    const { memberId, sessionId } = device;
    const session: Session = { id: sessionId, memberId, name: '', roles: NO_ROLES, revoked: false };
    const serve = (sent: SyncRequest): Promise<SyncResponse> => server.handle(session, sent);
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
    world.inspect(device, response);
    trace.note(`${device.name} answered ${JSON.stringify(response)}`);
    return response;
  };

  const latency = (): number => 20 + prng.int(400);

  return (device) => ({
    sync: (made, timeoutMs) =>
      new Promise((resolve, reject) => {
        const request = requestWithBug(made, world.bug, () => uuid(prng, '4'));
        const pushing = isPushing(request);
        const fault = choose();
        if (fault !== null) countFault(world.coverage, fault, pushing);
        trace.note(`${device.name} sends ${fault ?? ''} ${JSON.stringify(request)}`);
        const cancel = time.after(timeoutMs, () => {
          reject(new TransportError('offline'));
        });
        const fail = (kind: TransportFault, retryAfterMs: number | null = null): void => {
          time.after(latency(), () => {
            cancel();
            reject(new TransportError(kind, retryAfterMs));
          });
        };
        const deliver = (response: SyncResponse): void => {
          time.after(fault === 'responseLate' ? 5_000 + prng.int(120_000) : latency(), () => {
            cancel();
            if (device.online) resolve(response);
            else reject(new TransportError('offline'));
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
                else throw error;
              },
            );
          });
        };

        if (!device.online) {
          countFault(world.coverage, 'offline', pushing);
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
