import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { BUILDING, ENTRANCE, ESTATE, FLOOR, log, ROOM, smallOffice } from '../mutation/small-office-for-tests.ts';
import {
  admin,
  C1,
  claimer,
  coordinator,
  G1,
  G2,
  nobody,
  secondVolunteer,
  strangerCoordinator,
  strangerVolunteer,
  timer,
  uuid,
  volunteer,
  type Act,
  type World,
} from '../mutation/world-for-tests.ts';
import { communitySpace } from '../space/space.ts';
import { addedRoomIdOf } from './room-id.ts';

const space = communitySpace(C1);
const act = (actor: Actor, name: string, args: Record<string, unknown>): Act => ({
  actor,
  space,
  name: `building.${name}`,
  args: { id: BUILDING, ...args },
});
const buildingIn = (world: World) => world.must(space, 'building', BUILDING);
const labels = (world: World) => buildingIn(world).entrances[0]?.floors[0]?.rooms.map(({ label }) => label);
const addRoom = (actor: Actor, label: string, id = addedRoomIdOf(FLOOR, label)): Act =>
  act(actor, 'addRoom', { entranceId: ENTRANCE, floorId: FLOOR, room: { id, label } });

const create = (over: Record<string, unknown> = {}): Act =>
  act(admin, 'create', { id: uuid(40), name: '4幢', estateId: ESTATE, gridId: G1, entrances: [], ...over });

test('who shapes a building: the admin, its coordinators, the server', () => {
  const acts: ((actor: Actor) => Act)[] = [
    (actor) => ({ ...create(), actor }),
    (actor) => act(actor, 'rename', { name: { from: '3幢', to: '3号楼' } }),
    (actor) => act(actor, 'addEntrance', { entrance: { id: uuid(41), label: '3单元', floors: [] } }),
    (actor) => act(actor, 'addFloor', { entranceId: ENTRANCE, floor: { id: uuid(42), label: '4', rooms: [] } }),
    (actor) => act(actor, 'relabel', { partId: ROOM, label: { from: '302', to: '302东' } }),
    (actor) => act(actor, 'removePart', { partId: ROOM }),
  ];
  for (const make of acts) {
    for (const actor of [admin, coordinator, timer]) expect(smallOffice().tell(make(actor))).toBeUndefined();
    for (const actor of [volunteer, strangerVolunteer, strangerCoordinator, claimer, nobody]) {
      expect(smallOffice().tell(make(actor))?.code).toBe('forbidden');
    }
  }
});

test('a missing door is added by the volunteer who stands before it, in the order of the numbers', () => {
  const world = smallOffice();
  world.do(addRoom(volunteer, '1001'));
  world.do(addRoom(volunteer, '301'));
  world.do(addRoom(volunteer, '阁楼'));
  expect(labels(world)).toEqual(['301', '302', '1001', '阁楼']);
  for (const actor of [strangerVolunteer, strangerCoordinator, claimer, nobody]) {
    expect(world.tell(addRoom(actor, '305'))?.code).toBe('forbidden');
  }
});

test('two volunteers who both miss a door make one door', () => {
  const world = smallOffice();
  world.do(addRoom(volunteer, '303'));
  world.do(addRoom(secondVolunteer, '303'));
  expect(labels(world)).toEqual(['302', '303']);
  expect(world.tell(addRoom(volunteer, '303', uuid(90)))?.code).toBe('exists');
  expect(world.tell(addRoom(volunteer, '304', ROOM))?.code).toBe('exists');
});

test('a door needs its floor, and a part its building', () => {
  const world = smallOffice();
  const room = { id: uuid(91), label: '9' };
  expect(world.tell(act(volunteer, 'addRoom', { entranceId: ENTRANCE, floorId: uuid(92), room }))?.code).toBe(
    'notFound',
  );
  expect(
    world.tell(act(admin, 'addFloor', { entranceId: uuid(92), floor: { id: uuid(93), label: '1', rooms: [] } }))?.code,
  ).toBe('notFound');
  expect(
    world.tell({ ...addRoom(admin, '9'), args: { ...(addRoom(admin, '9').args as object), id: uuid(94) } })?.code,
  ).toBe('notFound');
});

test('a building stands in an estate and a grid that are there, each part with an id of its own', () => {
  const world = smallOffice();
  expect(world.tell(create({ estateId: uuid(95) }))?.code).toBe('wrongPlace');
  expect(world.tell(create({ gridId: uuid(95) }))?.code).toBe('wrongPlace');
  const twin = { id: uuid(96), label: '1单元', floors: [{ id: uuid(96), label: '1', rooms: [] }] };
  expect(world.tell(create({ entrances: [twin] }))?.code).toBe('invalid');
  world.do(create({ gridId: G2 }));
  world.do(create({ gridId: G2 }));
  expect(world.tell(create({ name: '另一幢' }))?.code).toBe('exists');
});

test('entrances and floors are added once', () => {
  const world = smallOffice();
  const entrance = { id: uuid(41), label: '3单元', floors: [] };
  const floor = { id: uuid(42), label: '4', rooms: [{ id: uuid(43), label: '401' }] };
  for (let n = 0; n < 2; n++) {
    world.do(act(admin, 'addEntrance', { entrance }));
    world.do(act(admin, 'addFloor', { entranceId: entrance.id, floor }));
  }
  expect(buildingIn(world).entrances.map(({ label }) => label)).toEqual(['2单元', '3单元']);
  expect(buildingIn(world).entrances[1]?.floors).toEqual([floor]);
  expect(world.tell(act(admin, 'addEntrance', { entrance: { ...entrance, id: ROOM } }))?.code).toBe('exists');
  expect(world.tell(act(admin, 'addFloor', { entranceId: ENTRANCE, floor: { ...floor, id: uuid(44) } }))?.code).toBe(
    'invalid',
  );
});

test('a label that two people change keeps the first, and a coordinator can choose the other', () => {
  const world = smallOffice();
  const relabel = (actor: Actor, to: string): Act =>
    act(actor, 'relabel', { partId: ROOM, label: { from: '302', to } });
  world.do(relabel(admin, '302东'));
  world.do(relabel(coordinator, '302西'));
  expect(labels(world)).toEqual(['302东']);
  const [id = ''] = [...world.records.keys()]
    .filter((key) => key.startsWith(`${space}\nconflict\n`))
    .map((key) => key.slice(-36));
  expect(world.must(space, 'conflict', id)).toMatchObject({ kind: 'building', mine: '302西', theirs: '302东' });
  const resolve: Act = { actor: coordinator, space, name: 'conflict.resolve', args: { id, choose: 'mine' } };
  expect(world.tell({ ...resolve, actor: volunteer })?.code).toBe('forbidden');
  world.do(resolve);
  expect(labels(world)).toEqual(['302西']);
});

test('names that two people change meet in the same way', () => {
  const world = smallOffice();
  for (const to of ['3号楼', '三幢']) world.do(act(admin, 'rename', { name: { from: '3幢', to } }));
  expect(buildingIn(world).name).toBe('3号楼');
  expect(world.list(space, 'conflict')).toMatchObject([{ field: 'name', mine: '三幢' }]);
});

test('a part goes only while no household is written down behind its doors', () => {
  const world = smallOffice();
  const used = world.copy();
  used.do(log());
  for (const partId of [ROOM, FLOOR, ENTRANCE]) {
    expect(used.tell(act(admin, 'removePart', { partId }))?.code).toBe('inUse');
  }
  world.do(act(admin, 'removePart', { partId: FLOOR }));
  world.do(act(admin, 'removePart', { partId: FLOOR }));
  expect(buildingIn(world).entrances).toEqual([{ id: ENTRANCE, label: '2单元', floors: [] }]);
});
