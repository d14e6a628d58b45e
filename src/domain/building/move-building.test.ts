import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import {
  BUILDING,
  CARD,
  CONTACT,
  door,
  log,
  logAtDoor,
  publishAtDesk,
  SLIP,
  smallOffice,
  step,
  take,
  TICKET,
  ticketIn,
  VISIT,
} from '../mutation/small-office-for-tests.ts';
import {
  admin,
  C1,
  claimer,
  coordinator,
  G1,
  G2,
  G3,
  strangerCoordinator,
  timer,
  uuid,
  volunteer,
  type Act,
  type World,
} from '../mutation/world-for-tests.ts';
import { householdIdOf } from '../place/place.ts';
import { communitySpace, contactSpace, gridSpace, memberSpace, wallSpace } from '../space/space.ts';

const move = (actor: Actor, from = G1, to = G2): Act => ({
  actor,
  space: communitySpace(C1),
  name: 'building.move',
  args: { id: BUILDING, from, to },
});
const buildingIn = (world: World) => world.must(communitySpace(C1), 'building', BUILDING);

test('a building is moved by those who shape the community, to a grid of the same community', () => {
  for (const actor of [admin, coordinator, timer]) expect(smallOffice().tell(move(actor))).toBeUndefined();
  for (const actor of [volunteer, strangerCoordinator, claimer]) {
    expect(smallOffice().tell(move(actor))?.code).toBe('forbidden');
  }
  expect(smallOffice().tell(move(admin, G1, G3))?.code).toBe('wrongPlace');
  expect(smallOffice().tell(move(admin, G2, G1))).toBeUndefined();
});

test('who moves it from where it no longer stands is refused; moved back, it remembers the grid it came from', () => {
  const world = smallOffice();
  world.do({ actor: admin, space: communitySpace(C1), name: 'grid.create', args: { id: uuid(14), name: '第三网格' } });
  world.do(move(admin));
  expect(buildingIn(world)).toMatchObject({ gridId: G2, formerGrids: [G1] });
  expect(world.tell(move(coordinator, G1, uuid(14)))?.code).toBe('wrongPlace');
  world.do(move(coordinator, G2, G1));
  expect(buildingIn(world)).toMatchObject({ gridId: G1, formerGrids: [G2] });
});

test('what stands in it goes along under the same ids, and nothing stays behind', () => {
  const world = smallOffice();
  logAtDoor(world);
  const before = ticketIn(world);
  world.do(move(admin));
  for (const [kind, id] of [
    ['household', householdIdOf(door.roomId ?? '')],
    ['visit', VISIT],
    ['ticket', TICKET],
  ] as const) {
    expect(world.get(gridSpace(G1), kind, id)).toBeUndefined();
    expect(world.must(gridSpace(G2), kind, id).place.gridId).toBe(G2);
  }
  expect(world.get(gridSpace(G1), 'slip', SLIP)).toBeUndefined();
  expect(world.must(gridSpace(G2), 'slip', SLIP).ticketIds).toEqual([TICKET]);
  expect(world.get(contactSpace(G1), 'contact', CONTACT)).toBeUndefined();
  expect(world.must(contactSpace(G2), 'contact', CONTACT)).toMatchObject({ name: '潘阿姨' });
  expect(world.must(gridSpace(G2), 'ticket', TICKET)).toEqual({ ...before, place: { ...door, gridId: G2 } });
});

test('a conflict goes with its ticket; what stands elsewhere in the grid stays, with a contact that it shares', () => {
  const world = smallOffice();
  logAtDoor(world);
  const elsewhere = { ...door, buildingId: null, entranceId: null, floorId: null, roomId: null };
  world.do(log({ id: uuid(60), place: elsewhere, slipId: null, visitId: null, text: '路灯不亮。' }));
  const amend = (text: string) => step(volunteer, 'amend', { text: { from: '纱窗破了两处，想请人修补。', to: text } });
  world.do(amend('纱窗破了三处。'));
  world.do({ ...amend('纱窗全破了。'), actor: coordinator });
  expect(world.list(gridSpace(G1), 'conflict')).toHaveLength(1);
  world.do(move(admin));
  expect(world.list(gridSpace(G1), 'conflict')).toEqual([]);
  expect(world.list(gridSpace(G2), 'conflict')).toHaveLength(1);
  expect(world.list(memberSpace(coordinator.id), 'ownConflict')).toMatchObject([{ space: gridSpace(G2) }]);
  expect(world.list(gridSpace(G1), 'ticket').map(({ text }) => text)).toEqual(['路灯不亮。']);
  expect(world.get(contactSpace(G1), 'contact', CONTACT)).toBeDefined();
  expect(world.get(contactSpace(G2), 'contact', CONTACT)).toBeDefined();
});

test('a wish keeps its claimer: card and claim lead to the new grid, and the work goes on', () => {
  const world = smallOffice();
  logAtDoor(world);
  publishAtDesk(world);
  world.do(take(claimer, 'won'));
  world.do(move(admin));
  expect(world.must(wallSpace(C1), 'card', CARD)).toMatchObject({ gridId: G2, state: 'claimed' });
  const view = claimViewIdOf(TICKET, 'won');
  expect(world.must(memberSpace(claimer.id), 'claimView', view).gridId).toBe(G2);
  world.do({
    actor: claimer,
    space: memberSpace(claimer.id),
    name: 'claim.fulfil',
    args: { id: view, outcome: 'solved', result: '两扇纱窗都换了新的。' },
  });
  expect(world.must(gridSpace(G2), 'ticket', TICKET)).toMatchObject({ state: 'resolved', handlerId: claimer.id });
});
