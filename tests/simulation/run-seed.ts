import { indexes } from '../../src/domain/record/indexes.ts';
import { mutators } from '../../src/domain/mutation/mutators.ts';
import { reactions } from '../../src/domain/mutation/reactions.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import { OFFICE } from '../../src/domain/space/space.ts';
import { cloneCacheDisk, newCacheDisk, wipeCacheDisk } from '../support/memory-cache-store.ts';
import { cloneOutboxDisk, newOutboxDisk } from '../support/memory-outbox-store.ts';
import { START } from '../support/test-dependencies.ts';
import { countFault, newCoverage } from './faults.ts';
import type { Coverage, Fault } from './faults.ts';
import { checkInvariants } from './invariants.ts';
import type { PlantedBug } from './planted-bugs.ts';
import { createPrng } from './prng.ts';
import { ServerWorld } from './server-world.ts';
import type { Backup, ServerRow } from './server-world.ts';
import { SimDevice } from './sim-device.ts';
import type { DeviceWorld } from './sim-device.ts';
import { withServerFaults, withSimMutators } from './sim-mutators.ts';
import { createSimNetwork } from './sim-network.ts';
import type { Weather } from './sim-network.ts';
import { buildTown, GRIDS, PEOPLE } from './sim-town.ts';
import { createTrace } from './trace.ts';
import { createVirtualTime } from './virtual-time.ts';
import { nextAct } from './workload.ts';

const MINUTE = 60_000;
const WORK = 40 * MINUTE;
/** After the faults have stopped, everything is through by then [L1, L2]. */
const QUIET = 90 * MINUTE;
/** With a fault built in on purpose some never come to rest, and nobody has to wait for them. */
const QUIET_WITH_BUG = 10 * MINUTE;
const YEAR = 365 * 24 * 60 * MINUTE;

export interface SeedResult {
  seed: number;
  hash: string;
  coverage: Coverage;
  found: string[];
  tail: readonly string[];
  saved: number;
  refused: number;
  requests: number;
}

/** The town as it is on the first morning, made once for all seeds. */
let town: Promise<{ backup: Backup; rows: ServerRow[]; wishItems: string[] }> | undefined;

const simMutators = withSimMutators(mutators);
const rules = { mutators: withServerFaults(simMutators), reactions };

async function makeTown(): Promise<{ backup: Backup; rows: ServerRow[]; wishItems: string[] }> {
  const server = await ServerWorld.open(rules, () => START);
  await buildTown(server.deps);
  const rows = await server.rows();
  const catalogue = rows.find(({ space, kind }) => space === OFFICE && kind === 'catalogue')?.data as {
    classes: { items: { code: string; kind: string; sensitive: boolean }[] }[];
  };
  const items = catalogue.classes.flatMap((one) => one.items);
  const wishItems = items.filter((item) => item.kind !== 'issue' && !item.sensitive).map((item) => item.code);
  const backup = await server.backup();
  await server.deps.close();
  return { backup: { ...backup, logged: 0 }, rows, wishItems };
}

/** One run: a working day's worth of doors, claims and faults in virtual time, then silence, then the account. */
export async function runSeed(seed: number, bug: PlantedBug | null = null): Promise<SeedResult> {
  town ??= makeTown();
  const { backup, rows: start, wishItems } = await town;
  const prng = createPrng(seed);
  const time = createVirtualTime(START + MINUTE);
  const trace = createTrace(time.now);
  const coverage = newCoverage();
  const server = await ServerWorld.open(rules, time.now);
  await server.restore(backup, null);

  const found: string[] = [];
  let saved = 0;
  let refused = 0;
  let requests = 0;
  const weather = weatherOf(prng.next);
  // Each seed has some of the rarer blows, so that each is seen without the others too.
  const rare = { restore: seed % 3 === 0, revoke: seed % 3 === 1, clone: seed % 2 === 0, poison: seed % 4 < 2 };

  const world: DeviceWorld = {
    time,
    prng,
    rules: { mutators: simMutators, indexes },
    bug,
    transportFor: createSimNetwork({
      time,
      prng,
      trace,
      server,
      coverage,
      weather,
      bug,
      inspect: (device, { allowed, pages, revoked }) => {
        requests += 1;
        const ids = new Set(allowed.map((space) => space.id));
        for (const { space, rows: sent } of pages) {
          if (sent.length > 0 && (revoked || !ids.has(space)))
            found.push(`I9 ${device.name} was sent rows of ${space}`);
        }
      },
    }),
  };

  const devices: SimDevice[] = [];
  const gone = new Set<SimDevice>();
  const makeDevice = async (name: string, memberId: string): Promise<SimDevice> => {
    const sessionId = `session-${name}`;
    const about = { name, memberId, sessionId, outbox: newOutboxDisk(), cache: newCacheDisk() };
    await server.deps.db
      .insertInto('session')
      .values({
        id: sessionId,
        token_hash: sessionId,
        member_id: memberId,
        device: name,
        created_at: time.now(),
        last_seen_at: time.now(),
        revoked_at: null,
      })
      .execute();
    const device = new SimDevice(world, about);
    devices.push(device);
    void device.open();
    if (prng.chance(0.25)) void device.open();
    return device;
  };
  await makeDevice('v1', PEOPLE.oneGrid.id);
  await makeDevice('v2', PEOPLE.twoGrids.id);
  await makeDevice('c1', PEOPLE.claimerOne.id);
  await makeDevice('c2', PEOPLE.claimerTwo.id);
  await makeDevice('co', PEOPLE.coordinator.id);
  if (prng.chance(0.5)) await makeDevice('c1b', PEOPLE.claimerOne.id);

  const hit = (fault: Fault, device: SimDevice): void => {
    countFault(coverage, fault, device.waiting > 0);
    trace.note(`${fault} ${device.name}`);
  };
  const usable = (): SimDevice[] => devices.filter((device) => !gone.has(device) && device.engine !== undefined);
  let faults = true;
  let backedUp: Backup = { ...backup };

  const act = async (device: SimDevice): Promise<void> => {
    const engine = prng.pick(device.tabs)?.engine;
    if (engine === undefined) return;
    const requested = nextAct({ engine, prng, wishItems, poison: rare.poison });
    if (requested.length === 0) return;
    try {
      const written = await engine.save(requested);
      for (const { mid, space, name } of written) device.saved.push({ mid, space, name });
      saved += written.length;
      trace.note(`${device.name} saved ${written.map((row) => `${row.name} ${row.mid}`).join(' ')}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused += 1;
      trace.note(`${device.name} refused ${requested[0]?.name ?? ''} ${error.code}`);
    }
  };

  const reopen = (device: SimDevice): void => {
    time.after(500 + prng.int(2 * MINUTE), () => {
      if (device.tabs.length === 0 && !gone.has(device)) void device.open();
    });
  };

  const blow = (): void => {
    const device = prng.pick(usable());
    if (device === undefined) return;
    const dice = prng.next();
    if (dice < 0.3) {
      hit('deviceKilled', device);
      device.kill();
      reopen(device);
    } else if (dice < 0.45) {
      hit('cacheWiped', device);
      if (prng.chance(0.5)) {
        device.kill();
        reopen(device);
      }
      wipeCacheDisk(device.cache);
    } else if (dice < 0.65) {
      hit('clockJump', device);
      device.skew = Math.floor((prng.next() * 2 - 1) * YEAR);
    } else if (dice < 0.8) {
      if (device.memberId !== PEOPLE.twoGrids.id) return;
      hit('roleLost', device);
      const volunteer = prng.chance(0.5) ? [GRIDS[0]] : prng.chance(0.5) ? [] : [...GRIDS];
      void time.during(server.setRoles(device.memberId, { ...PEOPLE.twoGrids.roles, volunteer }));
    } else if (dice < 0.9 && rare.clone) {
      if (devices.length >= 9) return;
      hit('clientCloned', device);
      const about = { name: `${device.name}'`, memberId: device.memberId, sessionId: device.sessionId };
      const twin = new SimDevice(world, {
        ...about,
        outbox: cloneOutboxDisk(device.outbox),
        cache: cloneCacheDisk(device.cache),
      });
      // What the twin has taken over it answers for as well.
      const copied = new Set(twin.outbox.rows.map((row) => row.mid));
      twin.saved.push(...device.saved.filter(({ mid }) => copied.has(mid)));
      devices.push(twin);
      void twin.open();
    } else if (dice >= 0.9 && rare.restore) {
      if (prng.chance(0.5)) {
        void time.during(
          server.backup().then((taken) => {
            backedUp = taken;
          }),
        );
      } else if (backedUp.logged > 0) {
        for (const each of usable()) hit('serverRestored', each);
        const epoch: string | null = prng.chance(0.6) ? `epoch-${prng.hex(6)}` : null;
        void time.during(server.restore(backedUp, epoch));
      }
    } else if (dice >= 0.9 && rare.revoke && device.name !== 'co') {
      hit('sessionRevoked', device);
      for (const each of devices) {
        if (each.sessionId !== device.sessionId) continue;
        each.revoked = true;
      }
      void time.during(server.revoke(device.sessionId));
    }
  };

  const every = (least: number, spread: number, run: () => void): void => {
    const again = (): void => {
      time.after(least + prng.int(spread), () => {
        if (!faults) return;
        run();
        again();
      });
    };
    again();
  };
  every(2_000, 16_000, () => {
    const device = prng.pick(usable());
    if (device !== undefined) void act(device);
  });
  every(10_000, 90_000, blow);
  every(20_000, 90_000, () => {
    const device = prng.pick(devices);
    if (device !== undefined) device.online = !device.online;
    if (device?.online === true) void device.engine?.syncNow();
  });
  const signIn = (): void => {
    for (const device of devices) {
      if (!device.signedOut) continue;
      device.signedOut = false;
      for (const tab of device.tabs) void tab.engine.syncNow();
    }
  };
  every(2 * MINUTE, 6 * MINUTE, signIn);
  const forget = server.deps.pokes.subscribe((space, ver) => {
    for (const device of usable()) {
      if (!device.online || prng.chance(0.3)) continue;
      for (const tab of device.tabs) {
        if (tab.engine.allowed().includes(space)) time.after(50, () => tab.engine.poked(space, ver));
      }
    }
  });

  await time.runUntil(START + MINUTE + WORK);
  faults = false;
  for (const fault of Object.keys(weather) as Fault[]) weather[fault] = 0;
  signIn();
  for (const device of devices) {
    device.online = true;
    if (device.tabs.length === 0) void device.open();
  }
  // Silence ends early once nobody has anything waiting; three more minutes give everyone another poll or two.
  const isQuiet = (): boolean =>
    devices.every((device) => device.engine !== undefined && device.waiting === 0 && isAtRest(device));
  for (
    let at = time.now() + 4 * MINUTE;
    at < START + MINUTE + WORK + (bug === null ? QUIET : QUIET_WITH_BUG);
    at += MINUTE
  ) {
    await time.runUntil(at);
    if (isQuiet()) break;
  }
  await time.runUntil(time.now() + 3 * MINUTE);
  forget();

  for (const device of devices) if (device.revoked) gone.add(device);
  found.push(...(await checkInvariants(server, { start, devices, gone })));
  found.push(...revokedAccount(devices, await server.receipts()));
  for (const device of devices)
    trace.note(`${device.name} ends ${device.tabs.map((tab) => JSON.stringify(tab.engine.status())).join()}`);
  for (const device of devices) device.kill();
  await server.deps.close();
  return { seed, hash: trace.hash, coverage, found, tail: trace.tail(), saved, refused, requests };
}

const isAtRest = (device: SimDevice): boolean =>
  device.tabs.every(({ engine }) => ['idle', 'revoked'].includes(engine.status().phase));

/** A revoked phone hands everything in and keeps nothing but what was refused and its author has not put aside. */
function revokedAccount(devices: readonly SimDevice[], receipts: ReadonlyMap<string, { status: string }>): string[] {
  const found: string[] = [];
  for (const device of devices) {
    if (!device.revoked) continue;
    for (const { mid, space } of device.saved) {
      if (!receipts.has(`${space} ${mid}`)) found.push(`I2 ${device.name} was revoked and ${mid} has no receipt`);
    }
    if (device.cache.spaces.size > 0) found.push(`I10 ${device.name} was revoked and still holds spaces`);
    const kept = device.outbox.rows.filter(({ space, mid }) => receipts.get(`${space} ${mid}`)?.status !== 'rejected');
    if (kept.length > 0) found.push(`I10 ${device.name} was revoked and keeps ${kept.length} rows`);
  }
  return found;
}

/** Some runs are calm, some are all storm. */
function weatherOf(next: () => number): Weather {
  const force = next() * 0.12;
  return {
    requestLost: force * next(),
    responseLost: force * next(),
    requestTwice: force * next(),
    requestLate: force * next(),
    responseLate: force * next(),
    unauthenticated401: force * next() * 0.3,
    tooLarge413: force * next(),
    rateLimited429: force * next(),
    serverError500: force * next(),
    errorAfterCommit: force * next(),
    captivePortal: force * next(),
  };
}
