import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace, OFFICE } from '../../src/domain/space/space.ts';
import type { SyncRequest } from '../../src/protocol/sync-messages.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { setStage } from './stage.ts';
import type { Hand, Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

/** What goes over the wire, in which order and how often. */

const MINUTE = 60_000;
const GRID = GRIDS[0];
const SPACE = gridSpace(GRID);

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const through: Hand = (request, send) => send(request);
const offline = (): Promise<never> => Promise.reject(new TransportError('offline'));

const append = (counter: string): SaveRequest => ({
  space: SPACE,
  name: 'sim.append',
  v: 1,
  args: { id: idOf('sent rules', counter), place: placeIn(GRID, 0) },
});

async function save(device: SimDevice, count: number): Promise<string[]> {
  return (await stage.runDuring(device.engine!.save(Array.from({ length: count }, () => append('one'))), 500)).map(
    ({ mid }) => mid,
  );
}

const states = (device: SimDevice): string[] => device.engine!.waiting().map(({ state }) => state);
const sent = (request: SyncRequest): [number, string][] =>
  request.push.flatMap(({ mutations }) => mutations.map(({ seq, mid }): [number, string] => [seq, mid]));
const pushes = (): [number, string][][] =>
  stage.requests.map(({ request }) => sent(request)).filter((all) => all.length > 0);

test('[PS2] a space is sent from its first unsettled mutation on, without a gap, with the same seq and mid each time', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = offline;
  const mids = await save(phone, 4);
  const all = mids.map((mid, n): [number, string] => [n + 1, mid]);
  await stage.run(10 * MINUTE);
  // Of the second and the third word comes first: the first one is still open.
  let isPartly = true;
  stage.hand = async (request, send) => {
    if (!isPartly) return send(request);
    isPartly = request.push.length === 0;
    const answer = await send(request);
    const pushed = answer.pushed.map((run) => ({ ...run, receipts: run.receipts.filter(({ seq }) => seq !== 1) }));
    return { ...answer, pushed, pages: [] };
  };
  const before = pushes().length;
  await stage.run(10 * MINUTE);
  expect(before).toBeGreaterThan(3);
  const again = pushes();
  expect(again.length).toBeGreaterThan(before + 1);
  for (const each of again) expect(each).toEqual(all);

  const [fifth] = await save(phone, 1);
  await stage.run(MINUTE);
  expect(pushes().slice(again.length)).toEqual([[[5, fifth]]]);
});

test('[PL1] pages go on behind a cursor up to where the first one was pinned, whatever is written meanwhile', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await stage.run(MINUTE);
  const { deps } = stage.server;
  const actor = await actorOf(deps.db, PEOPLE.coordinator.id);
  const write = async (counter: string): Promise<void> => {
    const mutation = { ...append(counter), actor, mid: idOf('sent rules', 'by another', counter), at: deps.now() };
    expect((await applyMutation(deps, mutation)).status).toBe('applied');
  };
  for (const counter of ['a', 'b', 'c', 'd', 'e']) await write(counter);
  stage.pageSize = 2;
  let late = 0;
  stage.hand = async (request, send) => {
    const answer = await send(request);
    await stage.time.during(write(`late ${late++}`));
    return answer;
  };
  const before = stage.requests.length;
  const pinned = Number((await deps.db.selectFrom('space').select('ver').where('id', '=', SPACE).execute())[0]?.ver);
  void phone.engine!.syncNow();
  await stage.run(1_000);

  const pulls = stage.requests
    .slice(before)
    .flatMap(({ request }) => request.pull.filter(({ space }) => space === SPACE));
  const [first, ...rest] = pulls;
  expect(first?.upTo).toBeNull();
  const pages = rest.slice(0, 2);
  expect(pages.map(({ upTo }) => upTo)).toEqual([pinned, pinned]);
  const cursors = pages.map(({ cursor }) => cursor!.ver);
  expect(cursors[0]).toBeGreaterThan(first!.cursor!.ver);
  expect(cursors[1]).toBeGreaterThan(cursors[0]!);
});

test('[PL1] push and pull share a round trip: the answer holds the effects of its own push', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await stage.run(MINUTE);
  const before = stage.requests.length;
  stage.hand = async (request, send) => {
    const answer = await send(request);
    stage.hand = offline;
    return answer;
  };
  const [mid] = await save(phone, 1);
  await stage.run(1_000);

  expect(stage.requests.length).toBe(before + 1);
  expect(phone.engine!.view.get(SPACE, 'household', idOf('sent rules', 'one'))).toMatchObject({
    pending: false,
    data: { mids: [mid] },
  });
  stage.hand = through;
});

const gridsWrittenDown = async (): Promise<string[]> => {
  const [client] = await stage.server.deps.db.selectFrom('client').select('grids').execute();
  return JSON.parse(client?.grids ?? '[]') as string[];
};

test('[RV2] [PL2] a request that names the office alone does not make the server forget what else lies on a phone', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const seen: { spaces: string[]; whole: boolean | undefined; grids: string[] }[] = [];
  stage.hand = async (request, send) => {
    const answer = await send(request);
    const spaces = request.pull.map(({ space }) => space);
    seen.push({ spaces, whole: request.whole, grids: await stage.time.during(gridsWrittenDown()) });
    if (seen.length > 1) return answer;
    const pages = answer.pages.filter(({ space }) => space !== OFFICE);
    return { ...answer, pages, resets: [{ space: OFFICE, reason: 'gc' }] };
  };
  void phone.engine!.syncNow();
  await stage.run(1_000);
  expect(seen).toEqual([
    { spaces: expect.arrayContaining([OFFICE, SPACE]), whole: true, grids: [GRID] },
    { spaces: [OFFICE], whole: undefined, grids: [GRID] },
  ]);
});

test('[RV2] [PL2] a probe and a try in trouble do not say that they name all', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.requests.length = 0;
  stage.hand = (request, send) =>
    request.push.length > 0 ? Promise.reject(new TransportError('server')) : send(request);
  await save(phone, 1);
  await stage.run(5 * MINUTE);
  const [first, probe] = stage.requests.map(({ request }) => request);
  expect([first?.push.length, first?.whole]).toEqual([1, true]);
  expect([probe?.push.length, probe?.whole]).toEqual([0, undefined]);
  const tries = stage.requests.slice(1).filter(({ request }) => request.push.length > 0);
  expect(tries.length).toBeGreaterThan(0);
  for (const { request } of tries) expect(request.whole).toBeUndefined();
});

/** Times as the phone has them; all else has to be the same. */
const TIMES = new Set(['at', 'deviceAt', 'lastContactAt', 'sentAt']);
const withoutTimes = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (TIMES.has(key) ? undefined : inner)));

/** A morning with a queue, a hole in the network and a server that fails, on a phone whose clock is so wrong. */
async function morning(skews: readonly [number, number]): Promise<unknown> {
  const own = await setStage();
  const leftAt: number[] = [];
  own.sent = () => leftAt.push(own.time.now());
  const phone = await own.phone('v1', PEOPLE.oneGrid);
  [phone.skew] = skews;
  own.hand = offline;
  void phone.engine!.save([append('one'), append('two')]);
  await own.run(7 * MINUTE);
  own.hand = () => Promise.reject(new TransportError('server', 20_000));
  await own.run(3 * MINUTE);
  [, phone.skew] = skews;
  own.hand = through;
  void phone.engine!.save([append('one')]);
  await own.run(20 * MINUTE);
  const story = {
    leftAt,
    requests: own.requests.map(({ request }) => withoutTimes(request)),
    rows: withoutTimes(await own.server.rows()),
    states: states(phone),
  };
  await own.close();
  return story;
}

const YEAR = 365 * 24 * 60 * MINUTE;

test.each([
  ['a year ahead', YEAR, YEAR],
  ['a year behind', -YEAR, -YEAR],
  ['of 1970', -57 * YEAR, -57 * YEAR],
  ['that is set back by two years', YEAR, -YEAR],
  ['that is set forward by a month', 0, YEAR / 12],
])('[TM3] [I16] a clock %s changes what goes out, and when, in nothing but the times it tells', async (_, ...skews) => {
  expect(await morning(skews)).toEqual(await morning([0, 0]));
});

test('[TM3] [PS7] a clock that is set back while a mutation is in trouble makes it wait no longer', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = (request, send) =>
    request.push.some(({ mutations }) => mutations.some(({ quarantine }) => quarantine !== true))
      ? Promise.reject(new TransportError('server'))
      : send(request);
  await save(phone, 1);
  await stage.run(MINUTE);
  expect(states(phone)).toEqual(['saved']);

  phone.skew = -2 * YEAR;
  await stage.run(20 * MINUTE);
  expect(phone.engine!.waiting()[0]).toMatchObject({ state: 'attention', receipt: { status: 'quarantined' } });
});
