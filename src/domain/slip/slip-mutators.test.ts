import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import {
  CODE,
  CONTACT,
  door,
  log,
  SLIP,
  smallOffice,
  spoken,
  TICKET,
  ticketIn,
  VISIT,
} from '../mutation/small-office-for-tests.ts';
import {
  admin,
  claimer,
  coordinator,
  G1,
  nobody,
  secondVolunteer,
  strangerVolunteer,
  timer,
  uuid,
  volunteer,
  type Act,
} from '../mutation/world-for-tests.ts';
import { contactSpace, gridSpace } from '../space/space.ts';

const grid = gridSpace(G1);
const SECOND = uuid(55);
const issue = (over: Record<string, unknown> = {}, actor: Actor = volunteer): Act => ({
  actor,
  space: grid,
  name: 'slip.issue',
  args: { id: SLIP, code: CODE, visitId: VISIT, ticketIds: [TICKET], contactId: CONTACT, proof: 'phone', ...over },
});
const add = (ticketId: string, actor: Actor = volunteer): Act => ({
  actor,
  space: grid,
  name: 'slip.add',
  args: { id: SLIP, ticketId },
});
const contact = (over: Record<string, unknown> = {}, actor: Actor = volunteer): Act => ({
  actor,
  space: contactSpace(G1),
  name: 'contact.put',
  args: { id: CONTACT, name: '', phone: '', pin: '0042', note: '', ...over },
});
const visit = (over: Record<string, unknown> = {}, actor: Actor = volunteer): Act => ({
  actor,
  space: grid,
  name: 'visit.record',
  args: { id: VISIT, place: door, outcome: 'notHome', ...over },
});

test('visits, slips and contacts are written by those who work in the grid', () => {
  const world = smallOffice();
  world.do(issue());
  for (const act of [issue, contact, visit]) {
    for (const actor of [volunteer, secondVolunteer, coordinator]) {
      expect(world.copy().tell(act({}, actor))).toBeUndefined();
    }
    for (const actor of [strangerVolunteer, claimer, admin, nobody, timer]) {
      expect(world.tell(act({}, actor))?.code).toBe('forbidden');
    }
  }
  expect(world.tell(add(SECOND, strangerVolunteer))?.code).toBe('forbidden');
});

test('a slip may come before its tickets; they find it when they come', () => {
  const world = smallOffice();
  world.do(issue());
  world.do(log());
  expect(ticketIn(world).slipId).toBe(SLIP);
});

test('a ticket that did not name its slip is told which one opens it', () => {
  const world = smallOffice();
  world.do(log({ slipId: null }));
  world.do(issue());
  expect(ticketIn(world).slipId).toBe(SLIP);
});

test('a further matter goes onto the same slip, once', () => {
  const world = smallOffice();
  world.do(log());
  world.do(issue());
  world.do(log({ id: SECOND, slipId: null }));
  world.do(add(SECOND));
  world.do(add(SECOND));
  expect(world.must(grid, 'slip', SLIP).ticketIds).toEqual([TICKET, SECOND]);
  expect(world.must(grid, 'ticket', SECOND).slipId).toBe(SLIP);
  expect(smallOffice().tell(add(SECOND))?.code).toBe('notFound');
});

test('a sensitive matter has a slip of its own', () => {
  const world = smallOffice();
  world.do(log());
  world.do(log({ id: SECOND, item: 'ZL02', consent: { ...spoken, sensitive: true }, slipId: null }));
  expect(world.tell(issue({ ticketIds: [TICKET, SECOND] }))?.code).toBe('invalid');
  world.do(issue());
  expect(world.tell(add(SECOND))?.code).toBe('invalid');
  expect(world.tell(issue({ id: uuid(56), ticketIds: [SECOND] }))).toBeUndefined();
});

test('a sensitive matter that comes after the slip does not go onto one that others stand on', () => {
  const world = smallOffice();
  world.do(issue({ ticketIds: [TICKET, SECOND] }));
  world.do(log());
  const sensitive = { id: SECOND, item: 'ZL02', consent: { ...spoken, sensitive: true } };
  expect(world.tell(log({ ...sensitive, slipId: SLIP }))?.code).toBe('invalid');
  world.do(log({ ...sensitive, slipId: uuid(56) }));
  world.do(issue({ id: uuid(56), ticketIds: [SECOND] }));
  expect(world.must(grid, 'ticket', SECOND).slipId).toBe(uuid(56));
});

test('a code whose check character is wrong is none', () => {
  const wrong = CODE.slice(0, -1) + (CODE.endsWith('7') ? '8' : '7');
  expect(smallOffice().tell(issue({ code: wrong }))?.code).toBe('invalid');
});

test('the same slip a second time changes nothing, also when it has grown meanwhile', () => {
  const world = smallOffice();
  world.do(issue());
  world.do(add(SECOND));
  world.do(issue());
  expect(world.must(grid, 'slip', SLIP).ticketIds).toEqual([TICKET, SECOND]);
  expect(world.tell(issue({ contactId: uuid(57) }))?.code).toBe('exists');
});

test('a contact needs a telephone or a PIN', () => {
  const world = smallOffice();
  expect(world.tell(contact({ pin: '' }))?.code).toBe('invalid');
  expect(world.tell(contact({ phone: 'call me' }))?.code).toBe('invalid');
  world.do(contact({ phone: '0571-8600 1234', pin: '' }, coordinator));
  expect(world.must(contactSpace(G1), 'contact', CONTACT)).toEqual({
    name: '',
    phone: '0571-8600 1234',
    pin: '',
    note: '',
  });
});

test('a visit is recorded once; another outcome under its id is refused', () => {
  const world = smallOffice();
  world.do({ ...visit(), at: 9000 });
  expect(world.list(grid, 'visit')).toMatchObject([{ outcome: 'notHome', at: 9000, deviceAt: 8000 }]);
  world.do(visit());
  expect(world.tell(visit({ outcome: 'met' }))?.code).toBe('exists');
  expect(world.tell(visit({}, secondVolunteer))?.code).toBe('exists');
  expect(world.tell(visit({ place: { ...door, gridId: uuid(12) } }))?.code).toBe('wrongPlace');
});
