import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const GRID = GRIDS[0];
const COUNTER = idOf('told rules', 'counter');

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const append: SaveRequest = {
  space: gridSpace(GRID),
  name: 'sim.append',
  v: 1,
  args: { id: COUNTER, place: placeIn(GRID, 0) },
};

async function save(device: SimDevice, count: number): Promise<string[]> {
  return (await stage.runDuring(device.engine!.save(Array.from({ length: count }, () => append)), 500)).map(
    ({ mid }) => mid,
  );
}

/** Asks for a pass and lets no more time go by than it takes. */
/** How it stood when one pass had ended, and all that had been asked by then: another may follow at once. */
async function onePass(device: SimDevice) {
  const engine = device.engine!;
  let end: { requests: typeof stage.requests; status: ReturnType<typeof engine.status> } | undefined;
  void engine.syncNow().then(() => (end = { requests: [...stage.requests], status: engine.status() }));
  while (end === undefined) await stage.run(10);
  return end;
}

const offline = (): Promise<never> => Promise.reject(new TransportError('offline'));

test('[PS8] while something older waits, later batches still count from the last contact before it', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await stage.run(2 * MINUTE);
  const drained = phone.outbox.lastContactAt;
  expect(drained).not.toBeNull();
  stage.hand = offline;
  await save(phone, 200);
  await stage.run(60 * MINUTE);
  const before = stage.requests.length;
  // Only the first batch gets out; then the link is gone for an hour more.
  let isOut = false;
  stage.hand = async (request, send) => {
    if (isOut) return offline();
    isOut = request.push.length > 0;
    return send(request);
  };
  await stage.run(60 * MINUTE);
  expect(phone.waiting).toBe(136);
  expect(phone.outbox.lastContactAt).toBe(drained);
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  const sent = stage.requests.slice(before).filter(({ request }) => request.push.length > 0);
  expect(new Set(sent.map(({ request }) => request.lastContactAt))).toEqual(new Set([drained]));
  expect(phone.waiting).toBe(0);
  expect(phone.outbox.lastContactAt).toBeGreaterThan(drained! + 2 * 60 * MINUTE);
});

test('[PL7] a reset makes its space begin anew, and leaves the others where they are', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  await save(phone, 3);
  await stage.run(MINUTE);
  let isReset = false;
  stage.hand = async (request, send) => {
    if (isReset || !request.pull.some(({ space }) => space === gridSpace(GRID))) return send(request);
    isReset = true;
    const rest = await send({ ...request, pull: request.pull.filter(({ space }) => space !== gridSpace(GRID)) });
    return { ...rest, resets: [{ space: gridSpace(GRID), reason: 'gc' as const }] };
  };
  const before = stage.requests.length;
  await stage.run(90 * SECOND);
  const asked = stage.requests.slice(before + 1).flatMap(({ request }) => request.pull);
  expect(asked[0]).toMatchObject({ space: gridSpace(GRID), cursor: null });
  const others = asked.filter(({ space, cursor }) => space !== gridSpace(GRID) && cursor === null);
  expect(others).toEqual([]);
  expect(phone.engine!.view.get(gridSpace(GRID), 'household', COUNTER)).toBeDefined();
  expect(phone.engine!.status()).toMatchObject({ phase: 'idle', waiting: 0 });
});

test('[PL7] a pass asks again only for what is open, and three rounds without anything new end it', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  await stage.run(2 * MINUTE);
  // A server that says for ever that there is more, and never gives it.
  stage.hand = async (request, send) => {
    const response = await send(request);
    const pages = response.pages.map((page) =>
      page.space === gridSpace(GRID) ? { ...page, cursor: page.cursor, rows: [], done: false, digest: null } : page,
    );
    return { ...response, pages };
  };
  const before = stage.requests.length;
  const { requests, status } = await onePass(phone);
  const asked = requests.slice(before).map(({ request }) => request.pull.map(({ space }) => space));
  expect(asked[0]!.length).toBeGreaterThan(1);
  // The first told of the other spaces, so it brought something; what comes after it does not.
  expect(asked.slice(1)).toEqual([[gridSpace(GRID)], [gridSpace(GRID)], [gridSpace(GRID)]]);
  expect(status).toMatchObject({ lastFault: 'stalled' });
});

test('[TM4] after three passes in a row that moved nothing, everything is read anew from the stores', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const mids = await save(phone, 1);
  await stage.run(2 * MINUTE);
  // What this tab believes is no longer what lies in its stores, and nobody told it.
  const kept = structuredClone(phone.outbox.rows[0]!);
  phone.outbox.rows.push({ ...kept, mid: idOf('told rules', 'unheard'), seq: 2 });
  expect(phone.engine!.waiting().map(({ row }) => row.mid)).toEqual(mids);
  stage.hand = async (request, send) => {
    const response = await send(request);
    const pages = response.pages.map((page) => ({ ...page, rows: [], done: false, digest: null }));
    return { ...response, pages };
  };
  for (let pass = 1; pass <= 3; pass++) {
    expect(phone.engine!.waiting()).toHaveLength(1);
    await onePass(phone);
  }
  expect(phone.engine!.waiting()).toHaveLength(2);
});

test('[TM1] passes run on start, 50 ms after a save, when asked, and every 30 to 60 s', async () => {
  const opened = stage.time.now();
  const times: number[] = [];
  stage.hand = (request, send) => {
    times.push(stage.time.now() - opened);
    return send(request);
  };
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  expect(times[0]).toBeLessThan(500);
  const since = async (ms: number): Promise<number[]> => {
    const from = stage.time.now() - opened;
    times.length = 0;
    await stage.run(ms);
    return times.map((time) => time - from);
  };
  void phone.engine!.save([append]);
  const [afterSave = Infinity] = await since(1_000);
  expect(afterSave).toBeGreaterThanOrEqual(50);
  expect(afterSave).toBeLessThan(500);
  void phone.engine!.syncNow();
  expect((await since(1_000))[0]).toBeLessThan(200);
  const polls = await since(10 * MINUTE);
  const gaps = polls.slice(1).map((time, n) => time - polls[n]!);
  expect(gaps.length).toBeGreaterThanOrEqual(8);
  for (const gap of gaps) {
    expect(gap).toBeGreaterThanOrEqual(30 * SECOND);
    expect(gap).toBeLessThan(61 * SECOND);
  }
});

test.each(['unauthenticated', 'refused', 'too_large', 'server', 'rate_limited', 'not_doorstep', 'offline'] as const)(
  '[OB7] the answer "%s" deletes nothing from the outbox, however often it comes',
  async (fault) => {
    const phone = await stage.phone('v1', PEOPLE.oneGrid);
    const before = await save(phone, 1);
    await stage.run(MINUTE);
    stage.hand = () => Promise.reject(new TransportError(fault));
    const mids = [...before, ...(await save(phone, 3))];
    await stage.run(120 * MINUTE);
    expect(phone.outbox.rows.map(({ mid }) => mid)).toEqual(mids);
  },
);

test('[OB7] neither does a reset of every space', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const mids = await save(phone, 3);
  await stage.run(MINUTE);
  stage.hand = async (request, send) => {
    const rest = await send({ ...request, pull: [] });
    return { ...rest, resets: request.pull.map(({ space }) => ({ space, reason: 'gc' as const })) };
  };
  mids.push(...(await save(phone, 2)));
  await stage.run(30 * MINUTE);
  expect(phone.outbox.rows.map(({ mid }) => mid)).toEqual(mids);
});
