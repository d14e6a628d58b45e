import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { communitySpace, gridSpace, memberSpace } from '../../src/domain/space/space.ts';
import { idOf, ticketDraft, ticketStep } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { COMMUNITY, GRIDS, PEOPLE, placeIn, type Person } from './sim-town.ts';
import { setStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const GRID = gridSpace(GRIDS[0]);
const TICKET = idOf('lost conflict', 'ticket');
const [FIRST, THEIRS, MINE] = ['楼道灯不亮', '二楼灯不亮', '三楼灯不亮'];

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const amend = (to: string) => ticketStep(GRIDS[0], 'amend', { id: TICKET, text: { from: FIRST, to } });

/** The phone of somebody whose correction met another one. */
async function inConflict(person: Person): Promise<SimDevice> {
  const phone = await stage.phone('mine', person);
  const other = await stage.phone('theirs', PEOPLE.twoGrids);
  await stage.run(MINUTE);
  const words = { id: TICKET, kind: 'issue', item: 'CQ01', text: FIRST } as const;
  await stage.runDuring(phone.engine!.save([ticketDraft(placeIn(GRIDS[0], 0), words)]));
  await stage.runDuring(other.engine!.save([amend(THEIRS)]));
  await stage.runDuring(phone.engine!.save([amend(MINE)]));
  expect(phone.engine!.status().attention).toBe(1);
  return phone;
}

const give = ({ id }: Person, volunteer: readonly string[]): Promise<void> =>
  stage.time.during(stage.server.setRoles(id, { ...NO_ROLES, volunteer: [...volunteer] }));

const own = ({ engine }: SimDevice, person: Person) =>
  engine!.view.list({ space: memberSpace(person.id), kind: 'ownConflict', index: 'all' }).map(({ data }) => data);

test('[RC5] who loses the grid keeps their own value of a conflict in the tray, and nothing else of it', async () => {
  const person = PEOPLE.oneGrid;
  const phone = await inConflict(person);
  await give(person, []);
  await stage.run(2 * MINUTE);
  expect(phone.engine!.allowed()).not.toContain(GRID);
  expect(phone.engine!.status().attention).toBe(1);
  expect(own(phone, person)).toEqual([expect.objectContaining({ mine: MINE, space: GRID, asideAt: null })]);
  const rows = [...phone.cache.rows.values()].flatMap((of) => [...of.values()]);
  expect(JSON.stringify(rows)).not.toContain(THEIRS);

  // Another device of theirs, which never held the grid, says the same.
  const second = await stage.phone('second', person);
  await stage.run(MINUTE);
  expect(second.engine!.status().attention).toBe(1);

  // What is given back is decided as ever, and counts once.
  await give(person, [GRIDS[0]]);
  await stage.run(2 * MINUTE);
  expect(phone.engine!.status().attention).toBe(1);
  const [conflict] = phone.engine!.view.list({ space: GRID, kind: 'conflict', index: 'all' });
  const args = { id: conflict!.id, choose: 'mine', seen: { value: THEIRS, turn: 0 } };
  await stage.runDuring(phone.engine!.save([{ space: GRID, name: 'conflict.resolve', v: 2, args }]));
  await stage.run(2 * MINUTE);
  expect([phone.engine!.status().attention, second.engine!.status().attention]).toEqual([0, 0]);
  expect(own(phone, person)).toEqual([]);
});

test('[RC5] without the grid it is put aside, or goes with a word of who decided', async () => {
  const person = PEOPLE.oneGrid;
  const phone = await inConflict(person);
  const coordinator = await stage.phone('co', PEOPLE.coordinator);
  await give(person, []);
  await stage.run(2 * MINUTE);
  const [conflict] = coordinator.engine!.view.list({ space: GRID, kind: 'conflict', index: 'all' });
  const { id } = conflict!;
  const space = memberSpace(person.id);
  await stage.runDuring(phone.engine!.save([{ space, name: 'ownConflict.putAside', v: 1, args: { id } }]));
  expect(phone.engine!.status().attention).toBe(0);
  expect(own(phone, person)).toEqual([expect.objectContaining({ mine: MINE })]);

  const args = { id, choose: 'theirs', seen: { value: THEIRS, turn: 0 } };
  await stage.runDuring(coordinator.engine!.save([{ space: GRID, name: 'conflict.resolve', v: 2, args }]));
  await stage.run(2 * MINUTE);
  expect(own(phone, person)).toEqual([]);
  const notices = phone.engine!.view.list({ space, kind: 'notice', index: 'all' });
  expect(notices.map(({ data }) => data.type)).toEqual(['conflictTheirs']);
});

test('[RC5] a conflict in a community that is left out stays in the tray', async () => {
  const phone = await inConflict(PEOPLE.coordinator);
  await stage.runDuring(phone.engine!.leaveOut([COMMUNITY]));
  expect(phone.engine!.view.has(GRID, 'ticket', TICKET)).toBe(false);
  expect(phone.engine!.status().attention).toBe(1);
  await stage.run(6 * MINUTE);
  expect(phone.engine!.status().attention).toBe(1);
  expect(own(phone, PEOPLE.coordinator)).toHaveLength(1);
  await stage.runDuring(phone.engine!.leaveOut([]));
  expect(phone.engine!.view.has(communitySpace(COMMUNITY), 'grid', GRIDS[0])).toBe(true);
  expect(phone.engine!.status().attention).toBe(1);
});
