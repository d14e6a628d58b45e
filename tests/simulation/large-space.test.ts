import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { SaveRequest, ViewRecord } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf, ticketDraft, ticketStep } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

/** Every space is read from the store as a large one is: its order at once, what it says when somebody asks. */
const GRID = GRIDS[0];
const SPACE = gridSpace(GRID);
const TICKET = idOf('large', 'ticket');
const MINUTE = 60_000;
const offline = (): Promise<never> => Promise.reject(new TransportError('offline'));

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(new Map(), { inSegments: true });
});
afterEach(() => stage.close());

async function save(device: SimDevice, requests: SaveRequest[]): Promise<void> {
  await stage.runDuring(device.engine!.save(requests), 500);
}

/** A phone with two matters that are delivered, opened again: nothing of them has been read. */
async function reopened(): Promise<SimDevice> {
  const phone = await stage.phone('co', PEOPLE.coordinator);
  const ticket = { id: TICKET, kind: 'issue', item: 'CQ01', text: '楼道灯不亮' } as const;
  await save(phone, [ticketDraft(placeIn(GRID, 0), ticket)]);
  await save(phone, [ticketDraft(placeIn(GRID, 1), { ...ticket, id: OTHER, text: '井盖松动' })]);
  await stage.run(3 * MINUTE);
  await restart(phone);
  return phone;
}

const OTHER = idOf('large', 'other ticket');

async function restart(phone: SimDevice): Promise<void> {
  stage.hand = offline;
  phone.kill();
  void phone.open();
  await stage.run(1000);
}

async function read(phone: SimDevice): Promise<ViewRecord<'ticket'> | undefined> {
  const { view } = phone.engine!;
  const reading = view.whole(() => view.get(SPACE, 'ticket', TICKET));
  await stage.run(1000);
  return reading;
}

test('[VW8] what is there is known at once, what it says is read when somebody asks, and told as a change', async () => {
  const { view } = (await reopened()).engine!;
  expect(view.has(SPACE, 'ticket', TICKET)).toBe(true);
  expect(view.count({ space: SPACE, kind: 'ticket', index: 'byOpen', key: 'open' })).toBe(2);
  const told: string[] = [];
  view.onChange((spaces) => told.push(...spaces));
  expect(view.read(() => view.get(SPACE, 'ticket', TICKET))).toEqual({ value: undefined, isWhole: false });
  await stage.run(1000);
  expect(told).toEqual([SPACE]);
  expect(view.read(() => view.get(SPACE, 'ticket', TICKET)?.data.text)).toEqual({
    value: '楼道灯不亮',
    isWhole: true,
  });
});

test('[VW8] what somebody asks for in the moment in which the last reading ends is read too', async () => {
  const { view } = (await reopened()).engine!;
  const told = new Promise<void>((resolve) => {
    view.onChange(() => resolve());
  });
  view.get(SPACE, 'ticket', TICKET);
  void told.then(() => view.get(SPACE, 'ticket', OTHER));
  await stage.run(1000);
  expect(view.get(SPACE, 'ticket', OTHER)?.data.text).toBe('井盖松动');
});

test('[VW8] [VW1] an edit of what was not read yet is checked over it, shows, and shows again after a restart', async () => {
  const phone = await reopened();
  await save(phone, [ticketStep(GRID, 'amend', { id: TICKET, text: { from: '楼道灯不亮', to: '三楼灯不亮' } })]);
  expect(await read(phone)).toMatchObject({ data: { text: '三楼灯不亮' }, pending: true });
  await restart(phone);
  const shown = phone.engine!.view.get(SPACE, 'ticket', TICKET);
  expect([shown?.data.text, shown?.pending]).toEqual(['三楼灯不亮', true]);
});

test('[VW8] [OB3] what breaks a rule over a record that was not read yet is refused before it is written', async () => {
  const phone = await reopened();
  const written = phone.outbox.rows.length;
  await expect(save(phone, [ticketStep(GRID, 'reopen', { id: TICKET, reason: '还是不亮' })])).rejects.toThrow(Refusal);
  expect(phone.outbox.rows).toHaveLength(written);
});

test('[VW8] segments that another tab has written elsewhere are read anew', async () => {
  const phone = await reopened();
  phone.cache.segments.clear();
  expect((await read(phone))?.data.text).toBe('楼道灯不亮');
});

test('[VW8] a segment that says something else than when it came is fetched again', async () => {
  const phone = await reopened();
  const rows = phone.cache.rows.get(SPACE)!;
  for (const [key, row] of rows)
    if (row.k === 'ticket') rows.set(key, { ...row, d: { ...(row.d as object), text: '写坏了' } });
  await restart(phone);
  expect(await read(phone)).toBeUndefined();
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect((await read(phone))?.data.text).toBe('楼道灯不亮');
});
