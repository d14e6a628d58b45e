import { indexes } from '../../src/domain/record/indexes.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import { ARCHIVE_MS } from '../../src/sync/archive.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { StorageFull } from '../../src/sync/outbox-port.ts';
import { newCacheDisk } from '../support/memory-cache-store.ts';
import { newOutboxDisk } from '../support/memory-outbox-store.ts';
import { START } from '../support/test-dependencies.ts';
import { strike } from './blows.ts';
import type { BlowWorld } from './blows.ts';
import { checkStanding } from './building-invariants.ts';
import { firstPlanOf, planOf, WORK } from './event-plan.ts';
import type { Planned, PlannedEvent } from './event-plan.ts';
import { watchDelays } from './delays.ts';
import { StoreFailure } from './failing-store.ts';
import { FailedTries } from './failed-tries.ts';
import { isLostClaim } from './claim-invariants.ts';
import { newCoverage } from './faults.ts';
import type { Coverage, Fault } from './faults.ts';
import { firstMorning, oldMutators, rules, simMutators } from './first-morning.ts';
import { checkArchive, checkInvariants, checkRevoked } from './invariants.ts';
import type { PlantedBug } from './planted-bugs.ts';
import { databaseWithBug, mutatorsWithBug, plantInDatabase } from './planted-server-bugs.ts';
import { createPrng } from './prng.ts';
import type { Prng } from './prng.ts';
import { checkDatabase, checkReceipts } from './receipt-invariants.ts';
import { ServerWorld } from './server-world.ts';
import type { LogEntry, ServerRow } from './server-world.ts';
import { SimDevice } from './sim-device.ts';
import type { DeviceWorld } from './sim-device.ts';
import { createSimNetwork } from './sim-network.ts';
import { COLD_KINDS } from '../../src/sync/segment.ts';
import { createSimPhotos } from './sim-photos.ts';
import { checkRest, checkSilence, SILENCE_MS, whoIsBusy } from './silence.ts';
import { checkLists } from './phone-invariants.ts';
import { checkForgotten, checkLetGo, checkPhotos } from './photo-invariants.ts';
import { thaw } from './tab-blows.ts';
import type { Weather } from './sim-network.ts';
import { PEOPLE } from './sim-town.ts';
import { createTrace } from './trace.ts';
import { createVirtualTime } from './virtual-time.ts';
import { watchOwnWork } from './watch-own-work.ts';
import { checkAnswer, checkClient, checkComplete, checkShown, checkTakenAway } from './watch.ts';
import { moveAct, nextAct } from './workload.ts';

const MINUTE = 60_000;
/** How often a running server sets its mark. */
const KEEP = 10_000;
/** After the faults have stopped, everything is through by then [L1, L2]. */
const QUIET = 90 * MINUTE;
/** With a fault built in on purpose some never come to rest, and nobody has to wait for them. */
const QUIET_WITH_BUG = 20 * MINUTE;
/** So long a phone keeps what was settled, and a little longer. [OB5] */
const MONTH = ARCHIVE_MS + MINUTE;

export interface SeedResult {
  seed: number;
  hash: string;
  coverage: Coverage;
  found: string[];
  tail: readonly string[];
  saved: number;
  refused: number;
  requests: number;
  /** Claims that were lost to somebody who came first. */
  claimsLost: number;
  /** How often a start found by itself that the database was not what the last server left. */
  doubts: number;
  /**
   * Where clocks were wrong on purpose, what has come of everything, without its times: each settled mutation in the
   * server's order, and all that stands there.
   */
  account: readonly string[];
}

export interface SeedOptions {
  bug?: PlantedBug | null;
  /** Part of the seed's plan, while a failure is being shrunk. */
  plan?: readonly Planned[];
  /**
   * As the seed ran when it became a test of its own: with its story of then, and nobody looks at the screens meanwhile, for
   * what was looked at is kept for the next first screen.
   */
  asFound?: boolean;
  /** How each database comes back that is put there by hand. */
  byHand?: BlowWorld['byHand'];
  /** How wrong each phone's clock is from the beginning. People then choose by ids: lists are in the order of times. */
  skewOf?: (name: string) => number;
}

/** One run: doors, claims and faults in virtual time, then silence, then the account. */
export async function runSeed(
  seed: number,
  {
    bug = null,
    asFound = false,
    plan = asFound ? firstPlanOf(seed) : planOf(seed),
    byHand = null,
    skewOf,
  }: SeedOptions = {},
): Promise<SeedResult> {
  const { backup, rows: start, wishItems } = await firstMorning();
  const prng = createPrng(seed ^ 0x5eed);
  const time = createVirtualTime(START + MINUTE);
  const trace = createTrace(time.now);
  const coverage = newCoverage();
  const server = await ServerWorld.open(rules, time.now, {
    ran: { ...rules, mutators: mutatorsWithBug(rules.mutators, bug) },
    ask: (db) => databaseWithBug(db, bug, prng),
  });
  await plantInDatabase(server.deps.db, bug);
  server.trusting = bug === 'epochKeptOnCopy';
  await server.restore(backup, 'file');

  const found: string[] = [];
  const asked = new Map<SimDevice, number>();
  const counts = { saved: 0, refused: 0, requests: 0 };
  const weather: Weather = {};
  for (const planned of plan) if ('weather' in planned) weather[planned.weather] = planned.rate;
  const inSegments = seed % 5 === 4;
  const poison = seed % 4 < 2;
  const photos = seed % 4 === 1;
  weather.photoCut = photos ? 0.3 : 0;
  const buildingsMove = plan.some((planned) => 'what' in planned && planned.what === 'move');
  const report = (finding: string): void => {
    if (!found.includes(finding)) found.push(finding);
  };

  const latest = new Map<string, number>();
  const lookAt = watchOwnWork({
    mayGo: () => server.restored || buildingsMove,
    versionOf: (space) => latest.get(space),
    inSegments,
    report,
  });

  const tries = new FailedTries();
  const world: DeviceWorld = {
    time,
    prng,
    rules: { mutators: simMutators, indexes },
    bug,
    inSegments,
    report,
    ...(!asFound && { shown: lookAt }),
    ...(photos && {
      photosFor: createSimPhotos({ time, prng, server, weather, bug, report }),
      forgets: async (device, media) => {
        for (const finding of await time.during(checkForgotten(server, device, media))) report(finding);
      },
    }),
    // What a digest mends is whole again before anybody can ask.
    told: (device, status) => {
      if (status.lastFault === 'digest') report(`I7 ${device.name} met a digest that is not its own`);
      for (const finding of checkTakenAway(device, status)) report(finding);
    },
    transportFor: createSimNetwork({
      time,
      prng,
      trace,
      server,
      weather,
      bug,
      tries,
      pageSize: [3, 7, 25, 500][seed % 4] ?? 500,
      hit: (fault, state) => {
        coverage[fault][state] += 1;
      },
      killed: () => {
        void time.during(server.restart({ betweenMarks: prng.chance(0.5) })).then((all) => {
          for (const finding of all) report(finding);
        });
      },
      inspect: (device, response) => {
        counts.requests += 1;
        asked.set(device, (asked.get(device) ?? 0) + 1);
        for (const finding of checkAnswer(server, device, response)) report(finding);
      },
    }),
  };

  const devices: SimDevice[] = [];
  const gone = new Set<SimDevice>();
  const makeDevice = async (name: string, memberId: string): Promise<void> => {
    const sessionId = `session-${name}`;
    const session = { id: sessionId, token_hash: sessionId, member_id: memberId, device: name, revoked_at: null };
    const moment = { created_at: time.now(), last_seen_at: time.now() };
    await server.deps.db
      .insertInto('session')
      .values({ ...session, ...moment })
      .execute();
    const about = { name, memberId, sessionId, outbox: newOutboxDisk(), cache: newCacheDisk() };
    const device = new SimDevice(world, about);
    device.skew = skewOf?.(name) ?? 0;
    device.lockless = prng.chance(0.2);
    if (prng.chance(0.2)) device.oldBuild = oldMutators;
    devices.push(device);
    void device.open();
    if (prng.chance(0.4)) void device.open();
  };
  await makeDevice('v1', PEOPLE.oneGrid.id);
  await makeDevice('v2', PEOPLE.twoGrids.id);
  await makeDevice('c1', PEOPLE.claimerOne.id);
  await makeDevice('c2', PEOPLE.claimerTwo.id);
  await makeDevice('co', PEOPLE.coordinator.id);
  if (prng.chance(0.5)) await makeDevice('c1b', PEOPLE.claimerOne.id);

  const hit = (fault: Fault, device: SimDevice): void => {
    coverage[fault][device.state] += 1;
    trace.note(`${fault} ${device.name}`);
  };
  const usable = (): SimDevice[] => devices.filter((device) => !gone.has(device) && device.engine !== undefined);

  const save = async (
    device: SimDevice,
    chosen: number,
    draft: (engine: SimEngine) => SaveRequest[],
  ): Promise<void> => {
    const engine = device.chosen(chosen)?.engine;
    const requested = engine === undefined ? [] : draft(skewOf === undefined ? engine : chosenById(engine));
    if (engine === undefined || requested.length === 0) return;
    try {
      const written = await engine.save(requested);
      for (const [n, { mid, space, name, v, args }] of written.entries()) {
        device.saved.push({ mid, space, name, v, args });
        for (const { sha } of requested[n]?.media ?? []) device.photos.push({ sha, mid, space });
      }
      counts.saved += written.length;
      if (engine.leftOut().length > 0) hit('writtenLeftOut', device);
      trace.note(`${device.name} saved ${written.map((row) => `${row.name} ${row.mid}`).join(' ')}`);
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof StorageFull || error instanceof StoreFailure)) throw error;
      counts.refused += 1;
      trace.note(`${device.name} refused ${requested[0]?.name ?? ''} ${error.name}`);
    }
  };

  const run: BlowWorld = {
    time,
    server,
    world,
    bug,
    devices,
    backup: { ...backup },
    byHand,
    isLater: !asFound,
    report,
    usable,
    hit,
    reopen: (device, ms) => {
      time.after(ms, () => {
        if (device.tabs.length === 0 && !gone.has(device)) void device.open();
      });
    },
    move: (dice: Prng) => {
      const desk = devices.find(({ name, engine }) => name === 'co' && engine !== undefined);
      if (desk === undefined) return;
      for (const each of usable()) hit('buildingMoved', each);
      void save(desk, 0, (engine) => moveAct({ engine, prng: dice }));
    },
  };
  const signIn = (): void => {
    for (const device of devices) {
      if (!device.signedOut) continue;
      device.signedOut = false;
      for (const tab of device.awake) void tab.engine.syncNow();
    }
  };
  const happen = ({ what, who, seed: dice }: PlannedEvent): void => {
    const own = createPrng(dice);
    if (what === 'signIn') signIn();
    else if (what === 'act') {
      const all = usable();
      const device = all[Math.floor(who * all.length)];
      if (device === undefined) return;
      const oldBuild = device.oldBuild !== null;
      void save(device, own.int(2), (engine) => nextAct({ engine, prng: own, wishItems, poison, photos, oldBuild }));
    } else if (what === 'online') {
      const device = devices[Math.floor(who * devices.length)];
      if (device === undefined) return;
      device.online = !device.online;
      if (device.online) void device.engine?.syncNow();
    } else strike(run, what, who, own);
  };
  for (const planned of plan) {
    if ('what' in planned) {
      time.after(planned.at, () => {
        happen(planned);
      });
    }
  }
  const forget = server.deps.pokes.subscribe((space, ver) => {
    if (ver <= (latest.get(space) ?? 0)) report(`I11 ${space} had version ${latest.get(space) ?? 0} before ${ver}`);
    latest.set(space, ver);
    for (const device of usable()) {
      if (!device.online || prng.chance(0.3)) continue;
      for (const tab of device.awake) {
        if (tab.engine.allowed().includes(space)) time.after(50, () => tab.engine.poked(space, ver));
      }
    }
  });
  server.onFault = (fault) => {
    coverage[fault].pushing += 1;
  };
  server.onRestored = () => {
    latest.clear();
  };
  const keep = (): void => {
    time.after(KEEP, () => {
      void time.during(server.keep());
      keep();
    });
  };
  keep();
  const delays = watchDelays(devices, time.now, report);
  let turn = 0;
  const watch = async (): Promise<void> => {
    // After a restore what phones hold of one history is being told apart from the other.
    if (!server.restored) {
      for (const device of usable())
        for (const finding of checkShown(device, { versions: latest, buildingsMove })) report(finding);
    }
    delays.check();
    if (!asFound) for (const each of usable()) for (const tab of each.awake) lookAt(each, tab);
    for (const each of devices) for (const finding of checkClient(each, server.restored)) report(finding);
    const all = usable();
    const device = all[turn++ % Math.max(1, all.length)];
    if (device === undefined) return;
    for (const finding of await time.during(checkComplete(server, device))) report(finding);
  };

  for (let at = START + MINUTE; at < START + MINUTE + WORK; at += 10_000) {
    await time.runUntil(at + 10_000);
    await watch();
  }
  for (const fault of Object.keys(weather) as (keyof Weather)[]) weather[fault] = 0;
  signIn();
  for (const device of devices) {
    device.online = true;
    device.full = false;
    device.failing = () => null;
    device.comeBack();
    // Somebody looks into each phone.
    if (device.awake.length === 0) void device.open();
  }
  server.failing = () => null;
  delays.faultsStop();
  // Everyone is watched as soon as there is silence.
  const untilSilent = async (end: number): Promise<void> => {
    let busy: SimDevice[] = devices;
    for (let at = time.now() + 2 * MINUTE; at < end; at += MINUTE) {
      await time.runUntil(at);
      // Who is still told of a 401 that was on its way signs in again.
      for (const { awake } of devices) {
        for (const { engine } of awake) if (engine.status().phase === 'signedOut') void engine.syncNow();
      }
      delays.check();
      busy = await time.during(whoIsBusy(server, devices));
      if (busy.length === 0) return;
    }
    // With a fault built in on purpose nobody waits for it.
    if (bug === null) for (const { name } of busy) report(`L2 ${name} never came to rest`);
  };
  const quiet = bug === null ? QUIET : QUIET_WITH_BUG;
  await untilSilent(START + MINUTE + WORK + quiet);
  // What was frozen all the while hears what it was waiting for, and changes nothing by it.
  const frozen = devices.flatMap((device) =>
    device.tabs.filter((tab) => !device.awake.includes(tab)).map((tab) => ({ device, tab })),
  );
  for (const { device, tab } of frozen) thaw({ hit }, device, tab);
  if (frozen.length > 0) await untilSilent(time.now() + quiet);
  asked.clear();
  await time.runUntil(time.now() + SILENCE_MS);
  for (const finding of checkSilence(devices, asked)) report(finding);
  if (bug === null) for (const finding of checkRest(devices)) report(finding);
  forget();

  for (const device of devices) if (device.revoked) gone.add(device);
  if (world.inSegments) {
    const reading = Promise.all(devices.map(readAll));
    await time.runUntil(time.now() + MINUTE);
    await reading;
  }
  found.push(...(await checkInvariants(server, { start, devices, gone })));
  found.push(...tries.heldForNothing(server.log, new Set(devices.flatMap(({ handedOver }) => [...handedOver]))));
  found.push(...(await checkReceipts(server)), ...(await checkDatabase(server)));
  found.push(...checkStanding(await server.rows(), server.log));
  const kept = devices.filter((device) => !gone.has(device));
  found.push(...(await checkPhotos(server, devices, await server.receipts())));
  found.push(...(await checkRevoked(server, devices)));
  const account = skewOf === undefined ? [] : accountOf(server.log, await server.rows());
  server.setClock(0);
  time.skip(MONTH + server.furthest);
  await time.runUntil(time.now() + 2 * MINUTE);
  found.push(...checkArchive(kept, await server.receipts()), ...checkLetGo(server, kept, await server.receipts()));
  found.push(...(await checkLists(server, devices)));
  for (const device of devices)
    trace.note(`${device.name} ends ${device.tabs.map((tab) => JSON.stringify(tab.engine.status())).join()}`);
  for (const device of devices) device.kill();
  await server.deps.close();
  const claimsLost = server.log.filter(isLostClaim).length;
  const told = { ...counts, claimsLost, doubts: server.doubts };
  return { seed, hash: trace.hash, coverage, found, tail: trace.tail(), ...told, account };
}

const isTime = (value: unknown): boolean => typeof value === 'number' && value > START / 2;

const accountOf = (log: readonly LogEntry[], rows: readonly ServerRow[]): string[] => [
  ...log.map(({ space, mid, name, status, code }) => `${space} ${mid} ${name} ${status} ${code}`),
  ...rows.map((row) => JSON.stringify(row, (_, value: unknown) => (isTime(value) ? 'then' : value))),
];

/** Whoever looks into it finds every list in the order of its ids, whatever the phone takes for the time. */
function chosenById(engine: SimEngine): SimEngine {
  const list: SimEngine['view']['list'] = ({ limit: _, ...query }) =>
    [...engine.view.list(query)].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...engine, view: { ...engine.view, list } };
}

type SimEngine = NonNullable<SimDevice['engine']>;

/** What lies in segments is read when somebody asks: the invariants look at all of it. */
async function readAll({ engine }: SimDevice): Promise<void> {
  const space = engine?.allowed() ?? [];
  await engine?.view.whole(() => {
    for (const kind of COLD_KINDS) engine.view.list({ space, kind, index: 'all' });
  });
}
