import { indexes } from '../../src/domain/record/indexes.ts';
import { mutators } from '../../src/domain/mutation/mutators.ts';
import { reactions } from '../../src/domain/mutation/reactions.ts';
import type { MutatorRegistry } from '../../src/domain/mutation/mutator-registry.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { CacheDisk } from '../support/memory-cache-store.ts';
import { newCacheDisk } from '../support/memory-cache-store.ts';
import type { OutboxDisk } from '../support/memory-outbox-store.ts';
import { newOutboxDisk } from '../support/memory-outbox-store.ts';
import { START } from '../support/test-dependencies.ts';
import { createPrng } from './prng.ts';
import { ServerWorld } from './server-world.ts';
import { SimDevice } from './sim-device.ts';
import { withServerFaults, withSimMutators } from './sim-mutators.ts';
import { buildTown } from './sim-town.ts';
import type { Person } from './sim-town.ts';
import type { VirtualTime } from './virtual-time.ts';
import { createVirtualTime } from './virtual-time.ts';

const MINUTE = 60_000;

type Send = (request: SyncRequest) => Promise<SyncResponse>;
/** Stands between a phone and the server: answers, fails, or lets through. */
export type Hand = (request: SyncRequest, send: Send, device: SimDevice) => Promise<SyncResponse>;

/** The town, its real server and phones, one step after the other: for rules that are told one by one. */
export interface Stage {
  time: VirtualTime;
  server: ServerWorld;
  /** Every request that was made, in order. */
  requests: { device: string; request: SyncRequest }[];
  /** Told as a request leaves the phone; `hand` has it 20 ms later. */
  sent(request: SyncRequest): void;
  hand: Hand;
  /** Rows in a page; left out: as many as the server has by itself. */
  pageSize?: number;
  phone(
    name: string,
    person: Person,
    disks?: { outbox?: OutboxDisk; cache?: CacheDisk; mutators?: MutatorRegistry },
  ): Promise<SimDevice>;
  run(ms: number): Promise<void>;
  /** Time goes on for so long beside what a phone was asked for: its stores take theirs. */
  runDuring<T>(work: Promise<T>, ms?: number): Promise<T>;
  close(): Promise<void>;
}

export async function setStage(extra: MutatorRegistry = new Map(), { inSegments = false } = {}): Promise<Stage> {
  const time = createVirtualTime(START);
  const prng = createPrng(7);
  const all = withSimMutators(new Map([...mutators, ...extra]));
  const server = await ServerWorld.open({ mutators: withServerFaults(all), reactions }, time.now);
  await buildTown(server.deps);
  const stage: Stage = {
    time,
    server,
    requests: [],
    sent: () => undefined,
    hand: (request, send) => send(request),
    async phone(name, person, { outbox = newOutboxDisk(), cache = newCacheDisk(), mutators: own = all } = {}) {
      const sessionId = `session-${name}`;
      const session = { id: sessionId, memberId: person.id, name: person.name, roles: NO_ROLES, revoked: false };
      await server.deps.db
        .insertInto('session')
        .values({
          id: sessionId,
          token_hash: sessionId,
          member_id: person.id,
          device: name,
          created_at: time.now(),
          last_seen_at: time.now(),
          revoked_at: null,
        })
        .execute();
      const device = new SimDevice(
        {
          time,
          prng,
          rules: { mutators: own, indexes },
          inSegments,
          bug: null,
          transportFor: (from) => ({
            sync: async (request) => {
              stage.requests.push({ device: name, request });
              stage.sent(request);
              await time.sleep(20);
              return stage.hand(request, (passed) => time.during(server.handle(session, passed, stage.pageSize)), from);
            },
          }),
        },
        { name, memberId: person.id, sessionId, outbox, cache },
      );
      void device.open();
      await time.runUntil(time.now() + 5_000);
      return device;
    },
    run: (ms) => time.runUntil(time.now() + ms),
    async runDuring(work, ms = MINUTE) {
      // What comes of it is told when the time is over.
      work.catch(() => undefined);
      await stage.run(ms);
      return work;
    },
    close: () => server.deps.close(),
  };
  return stage;
}
