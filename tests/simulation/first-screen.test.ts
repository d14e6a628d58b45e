import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

/** What a phone shows before it has read its spaces. */

const MINUTE = 60_000;
const GRID = GRIDS[0];
const SPACE = gridSpace(GRID);
const COUNTER = idOf('first screen', 'counter');
const ASKED = { space: SPACE, kind: 'household', index: 'all' } as const;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const append: SaveRequest = {
  space: SPACE,
  name: 'sim.append',
  v: 1,
  args: { id: COUNTER, place: placeIn(GRID, 0) },
};

async function save(device: SimDevice): Promise<void> {
  await stage.runDuring(device.engine!.save([append]), 500);
}

/** What the household's page says now: how many mutations it shows, and whether that is whole. */
const shown = (device: SimDevice): { value: number[]; isWhole: boolean } =>
  device.engine!.view.read(() =>
    device.engine!.view.list(ASKED).map(({ data }) => (data as unknown as { mids: string[] }).mids.length),
  );

/** A phone without a network that showed one household, with what was written in it, and was then closed. */
async function closed(): Promise<SimDevice> {
  const phone = await stage.phone('vol', PEOPLE.oneGrid);
  await save(phone);
  await stage.run(MINUTE);
  stage.hand = () => Promise.reject(new TransportError('offline'));
  phone.kill();
  // The first start asks for it, and keeps what it was told.
  void phone.open();
  await stage.run(400);
  phone.engine!.view.list(ASKED);
  await stage.run(5000);
  expect(phone.cache.firstScreen).not.toBeNull();
  phone.kill();
  return phone;
}
const rowsFail = (phone: SimDevice): void => {
  phone.failing = (operation) => (operation === 'rows' ? 'before' : null);
};

test('[VW9] what was shown last is shown before a space is read, and of nothing else there is a whole answer', async () => {
  const phone = await closed();
  rowsFail(phone);
  void phone.open();
  await stage.run(5000);
  expect(shown(phone)).toEqual({ value: [1], isWhole: true });
  const { view } = phone.engine!;
  expect(view.read(() => view.count({ space: SPACE, kind: 'visit', index: 'all' })).isWhole).toBe(false);
  // Nothing is written over what is not here: the person hears that it was not saved.
  await expect(save(phone)).rejects.toThrow('rows');
  expect(phone.outbox.rows).toHaveLength(1);
});

test('[VW9] a store that can be read again is read by the next save, and what is shown stays', async () => {
  const phone = await closed();
  rowsFail(phone);
  void phone.open();
  await stage.run(5000);
  phone.failing = () => null;
  await save(phone);
  expect(shown(phone)).toEqual({ value: [2], isWhole: true });
  const { view } = phone.engine!;
  expect(view.read(() => view.count({ space: SPACE, kind: 'visit', index: 'all' })).isWhole).toBe(true);
});

test('[VW9] a pass waits for the reading, and has it done where it failed', async () => {
  const phone = await closed();
  rowsFail(phone);
  void phone.open();
  await stage.run(5000);
  expect(phone.engine!.status()).toMatchObject({ phase: 'offline', lastFault: 'UnknownError' });
  phone.failing = () => null;
  await stage.run(5 * MINUTE);
  await phone.engine!.opened();
  const { view } = phone.engine!;
  expect(view.read(() => view.count({ space: SPACE, kind: 'visit', index: 'all' })).isWhole).toBe(true);
});

type Change = (phone: SimDevice) => void;

test.each<readonly [string, Change]>([
  ['written by another tab', ({ outbox }) => outbox.rows.push({ ...outbox.rows[0]!, mid: 'x', seq: 2 })],
  ['put aside', (phone) => void (phone.outbox.rows[0]!.asideAt = 1)],
  ['left out', (phone) => void (phone.outbox.leftOut = ['c'])],
  ['told of what may be held', (phone) => void (phone.cache.state = { ...phone.cache.state, allowed: [] })],
  [
    'pulled by another tab',
    ({ cache }) => void cache.spaces.set(SPACE, { ...cache.spaces.get(SPACE)!, appliedSeq: 9 }),
  ],
])('[VW9] what was kept is not shown where something was %s meanwhile', async (_, change) => {
  const phone = await closed();
  change(phone);
  rowsFail(phone);
  // It is read before anything shows, as if nothing had been kept.
  void phone.open();
  await stage.run(5000);
  expect(phone.engine).toBeUndefined();
});

test('[VW9] a tab hears what another writes while it reads, and shows it after that', async () => {
  const phone = await closed();
  void phone.open();
  await stage.run(20);
  void phone.open();
  while (phone.tabs.length === 0) await stage.run(1);
  const saving = phone.tabs[0]!.engine.save([append]);
  await stage.run(5000);
  await saving;
  for (const { engine } of phone.tabs) {
    expect(engine.view.list(ASKED).map(({ data }) => (data as unknown as { mids: string[] }).mids.length)).toEqual([2]);
  }
});
