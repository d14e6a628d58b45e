import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { gridSpace } from '../../src/domain/space/space.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { acceptHeld } from '../../src/server/desk/decide-held.ts';
import { readHeldFor } from '../../src/server/desk/held-repository.ts';
import { idOf, ticketDraft, ticketStep } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';
import { setStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const GRID = gridSpace(GRIDS[0]);
const TICKET = idOf('handed over', 'ticket');
const [FIRST, MINE] = ['楼道灯不亮', '三楼灯不亮'];

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const standing = ({ engine }: SimDevice) =>
  engine!.waiting().map(({ row, state, receipt }) => [state, receipt?.code ?? null, row.asideAt !== null]);

const textNow = async (): Promise<unknown> => {
  const row = (await stage.server.rows()).find(({ id }) => id === TICKET);
  return (row?.data as { text: string } | undefined)?.text;
};

test('[RC6] a step that was refused for want of access is handed over, held, and done where a coordinator accepts it', async () => {
  const person = PEOPLE.oneGrid;
  const phone = await stage.phone('mine', person);
  await stage.run(MINUTE);
  const words = { id: TICKET, kind: 'issue', item: 'CQ01', text: FIRST } as const;
  await stage.runDuring(phone.engine!.save([ticketDraft(placeIn(GRIDS[0], 0), words)]));
  const { deps } = stage.server;
  await stage.time.during(stage.server.setRoles(person.id, NO_ROLES));
  const edit = ticketStep(GRIDS[0], 'amend', { id: TICKET, text: { from: FIRST, to: MINE } });
  const [row] = await stage.runDuring(phone.engine!.save([edit]));
  await stage.run(2 * MINUTE);
  expect(standing(phone)[0]).toEqual(['attention', 'noAccess', false]);

  await stage.runDuring(phone.engine!.handOver(row!.mid));
  await stage.runDuring(phone.engine!.handOver(row!.mid));
  await stage.run(2 * MINUTE);
  expect(standing(phone).slice(0, 2)).toEqual([
    ['attention', 'noAccess', false],
    ['attention', 'noAccess', true],
  ]);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 1 });
  expect(await textNow()).toBe(FIRST);

  const decider = await actorOf(deps.db, PEOPLE.coordinator.id);
  const held = await readHeldFor(deps.db, decider);
  expect(held).toHaveLength(1);
  expect((await stage.time.during(acceptHeld(deps, decider, held[0]!))).status).toBe('applied');
  await stage.run(2 * MINUTE);
  expect(await textNow()).toBe(MINE);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
});

test('[RC6] what is handed over has no effect on the phone before somebody has decided', async () => {
  const phone = await stage.phone('mine', PEOPLE.oneGrid);
  await stage.run(MINUTE);
  const words = { id: TICKET, kind: 'issue', item: 'CQ01', text: FIRST } as const;
  await stage.runDuring(phone.engine!.save([ticketDraft(placeIn(GRIDS[0], 0), words)]));
  const edit = ticketStep(GRIDS[0], 'amend', { id: TICKET, text: { from: FIRST, to: MINE } });
  stage.hand = () => new Promise(() => undefined);
  const saving = phone.engine!.save([edit]);
  await stage.run(500);
  const [row] = await saving;
  const shown = () => phone.engine!.view.get(GRID, 'ticket', TICKET)?.data.text;
  expect(shown()).toBe(MINE);
  // As if it had been refused: its own effect is away, and that of the second copy is not laid over it.
  phone.outbox.rows = phone.outbox.rows.map((one) => (one.mid === row!.mid ? { ...one, settledAt: 1 } : one));
  phone.kill();
  stage.hand = () => new Promise(() => undefined);
  void phone.open();
  await stage.run(500);
  const handing = phone.engine!.handOver(row!.mid);
  await stage.run(500);
  await handing;
  expect(phone.engine!.waiting()[0]?.state).toBe('saved');
  expect(shown()).toBe(FIRST);
});
