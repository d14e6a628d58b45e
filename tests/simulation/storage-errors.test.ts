import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf } from '../support/factories.ts';
import { cloneOutboxDisk } from '../support/memory-outbox-store.ts';
import type { SimDevice } from './sim-device.ts';
import type { Counted } from './sim-mutators.ts';
import { setStage } from './stage.ts';
import type { Hand, Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

/** What a browser's storage may do besides being full. */

const MINUTE = 60_000;
const GRID = GRIDS[0];
const SPACE = gridSpace(GRID);
const COUNTER = idOf('storage errors', 'counter');

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const offline = (): Promise<never> => Promise.reject(new TransportError('offline'));

/** The server lets the space begin anew once: it is dropped here, and the other tab reads it again. */
function beginAnewOnce(): Hand {
  let isReset = false;
  return async (request, send) => {
    if (isReset || !request.pull.some(({ space }) => space === SPACE)) return send(request);
    isReset = true;
    const rest = await send({ ...request, pull: request.pull.filter(({ space }) => space !== SPACE) });
    return { ...rest, resets: [{ space: SPACE, reason: 'gc' as const }] };
  };
}

const append: SaveRequest = { space: SPACE, name: 'sim.append', v: 1, args: { id: COUNTER, place: placeIn(GRID, 0) } };

async function save(device: SimDevice): Promise<string> {
  return (await stage.runDuring(device.engine!.save([append]), 500))[0]!.mid;
}

async function byAnother(): Promise<string> {
  const { deps } = stage.server;
  const actor = await actorOf(deps.db, PEOPLE.coordinator.id);
  const mid = idOf('storage errors', 'by another');
  expect((await applyMutation(deps, { ...append, actor, mid, at: deps.now() })).status).toBe('applied');
  return mid;
}

const onServer = async (): Promise<readonly string[]> => {
  const row = (await stage.server.rows()).find(({ id, space }) => id === COUNTER && space === SPACE);
  return (row?.data as Counted | undefined)?.mids ?? [];
};

async function expectAllAgree(device: SimDevice, mids: readonly string[]): Promise<void> {
  const there = await onServer();
  expect([...there].sort()).toEqual([...mids].sort());
  expect(device.waiting).toBe(0);
  expect(device.engine!.view.get(SPACE, 'household', COUNTER)).toMatchObject({ pending: false, data: { mids: there } });
}

const OPERATIONS = [
  ...['all', 'meta', 'settle', 'putMeta'],
  ...['state', 'putState', 'spaces', 'receipts', 'applyPage', 'dropSpaces'],
] as const;

test.each(OPERATIONS.flatMap((operation) => [[operation, 'before'] as const, [operation, 'after'] as const]))(
  'a store whose "%s" fails for a while, %s it was done, costs time and nothing else',
  async (failing, when) => {
    const phone = await stage.phone('v2', PEOPLE.twoGrids);
    void phone.open();
    await stage.run(MINUTE);
    const mids = [await save(phone)];
    await stage.run(MINUTE);
    stage.hand = offline;
    mids.push(await save(phone), await save(phone));
    mids.push(await byAnother());

    let struck = 0;
    phone.failing = (operation) => {
      if (operation !== failing) return null;
      struck += 1;
      return when;
    };
    stage.hand = beginAnewOnce();
    await stage.run(MINUTE);
    mids.push(await save(phone));
    await stage.run(2 * MINUTE);
    phone.failing = () => null;
    await stage.run(10 * MINUTE);

    expect(struck).toBeGreaterThan(0);
    await expectAllAgree(phone, mids);
  },
);

test('[OB1] what could not be stored was not saved, and the next save is', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  phone.failing = (operation) => (operation === 'add' ? 'before' : null);
  await expect(save(phone)).rejects.toThrow('Internal error');
  expect(phone.engine!.waiting()).toEqual([]);

  phone.failing = () => null;
  const mid = await save(phone);
  await stage.run(6 * MINUTE);
  await expectAllAgree(phone, [mid]);
});

test('[OB2] what was stored though the store said that it failed is saved', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  phone.failing = (operation) => (operation === 'add' ? 'after' : null);
  const mid = await save(phone);
  phone.failing = () => null;
  await stage.run(6 * MINUTE);
  await expectAllAgree(phone, [mid]);
});

test('[OB1] what was stored though the store said that it failed shows with the next pass, whatever was saved since', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = offline;
  phone.failing = (operation) => (operation === 'add' ? 'after' : operation === 'all' ? 'before' : null);
  await expect(save(phone)).rejects.toThrow('Internal error');
  phone.failing = () => null;
  const mid = await save(phone);
  await stage.run(MINUTE);
  expect(phone.engine!.waiting().map(({ row }) => row.seq)).toEqual([2, 1]);
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(await onServer()).toHaveLength(2);
  expect(await onServer()).toContain(mid);
});

test('[FK1] [FK2] an outbox that was put back to an earlier state loses nothing that it holds, and does nothing twice', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const mids = [await save(phone)];
  await stage.run(MINUTE);
  const earlier = cloneOutboxDisk(phone.outbox);
  mids.push(await save(phone), await save(phone));
  await stage.run(MINUTE);
  expect(await onServer()).toEqual(mids);
  phone.kill();

  // The seqs of the two that it has forgotten are given once more.
  const again = await stage.phone('v1 put back', PEOPLE.oneGrid, { outbox: earlier, cache: phone.cache });
  mids.push(await save(again), await save(again), await save(again));
  await stage.run(10 * MINUTE);

  await expectAllAgree(again, mids);
});

test('[FK1] [OB4] what is written without a network into an outbox that was put back beside its cache is not taken for settled', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const mids = [await save(phone)];
  await stage.run(MINUTE);
  const earlier = cloneOutboxDisk(phone.outbox);
  mids.push(await save(phone), await save(phone));
  await stage.run(MINUTE);
  phone.kill();

  // The cache knows that the two seqs are settled; those who get them now are others.
  stage.hand = offline;
  const again = await stage.phone('v1 put back', PEOPLE.oneGrid, { outbox: earlier, cache: phone.cache });
  mids.push(await save(again), await save(again));
  expect(again.waiting).toBe(2);
  stage.hand = (request, send) => send(request);
  await stage.run(10 * MINUTE);

  await expectAllAgree(again, mids);
});
