import { expect, test } from 'vitest';
import {
  BUILDING,
  door,
  log,
  logArgs,
  logAtDoor,
  ROOM,
  SLIP,
  smallCatalogue,
  smallOffice,
  spoken,
  TICKET,
  ticketIn,
} from '../mutation/small-office-for-tests.ts';
import {
  C1,
  C2,
  coordinator,
  G1,
  G2,
  secondVolunteer,
  strangerVolunteer,
  uuid,
  volunteer,
} from '../mutation/world-for-tests.ts';
import { householdIdOf } from '../place/place.ts';
import { communitySpace, gridSpace, OFFICE } from '../space/space.ts';

const grid = gridSpace(G1);

test('a logged matter has its tier and privacy from the item, its times from the server and the phone', () => {
  const world = smallOffice();
  world.do({ ...log({ kind: 'issue', item: 'LD01', place: door }), at: 5000 });
  expect(ticketIn(world)).toMatchObject({
    state: 'logged',
    tier: 'P3',
    sensitive: false,
    loggedBy: volunteer.id,
    loggedByName: '王芳',
    loggedAt: 5000,
    deviceAt: 4000,
    householdId: householdIdOf(ROOM),
    handlerId: null,
    timeline: [{ action: 'logged', byRole: 'volunteer', byName: '王芳', open: true }],
  });
});

test('volunteers and coordinators of the grid log, and nobody else', () => {
  const world = smallOffice();
  expect(world.tell({ ...log(), actor: strangerVolunteer })?.code).toBe('forbidden');
  world.do({ ...log(), actor: coordinator });
  expect(ticketIn(world).timeline[0]?.byRole).toBe('coordinator');
});

test('two phones that meet the same door make one household, and the first of them stays', () => {
  const world = smallOffice();
  world.do({ ...log(), at: 5000 });
  world.do({ ...log({ id: uuid(55) }), actor: secondVolunteer, at: 6000 });
  expect(world.list(grid, 'household')).toEqual([{ place: door, createdAt: 5000 }]);
});

test('a matter without a room has no household', () => {
  const world = smallOffice();
  const bare = { estateId: null, buildingId: null, entranceId: null, floorId: null, roomId: null };
  world.do(log({ place: { ...door, ...bare } }));
  expect(ticketIn(world).householdId).toBeNull();
  expect(world.list(grid, 'household')).toEqual([]);
});

test('the same matter a second time changes nothing, another one under its id is refused', () => {
  const world = smallOffice();
  world.do(log());
  const before = ticketIn(world);
  world.do(log());
  expect(ticketIn(world)).toEqual(before);
  expect(world.tell(log({ text: '另一件事' }))?.code).toBe('exists');
  expect(world.tell({ ...log(), actor: secondVolunteer })?.code).toBe('exists');
});

test('the place belongs to the grid that is written', () => {
  const world = smallOffice();
  const refused = (place: Record<string, unknown>) => world.tell(log({ place: { ...door, ...place } }))?.code;
  expect(refused({ gridId: G2 })).toBe('wrongPlace');
  expect(refused({ communityId: C2 })).toBe('wrongPlace');
  expect(refused({ buildingId: null })).toBe('invalid');
  const space = communitySpace(C1);
  world.set(space, 'building', BUILDING, { ...world.must(space, 'building', BUILDING), gridId: G2 });
  expect(refused({})).toBe('wrongPlace');
});

test('a phone that lacks the building logs all the same', () => {
  const world = smallOffice();
  expect(world.tell(log({ place: { ...door, buildingId: uuid(400) } }))).toBeUndefined();
});

test('an author whose grids are not known is checked against the community itself', () => {
  const world = smallOffice();
  const actor = { ...volunteer, gridCommunity: {} };
  expect(world.copy().tell({ ...log(), actor })).toBeUndefined();
  expect(world.tell({ ...log({ place: { ...door, communityId: C2 } }), actor })?.code).toBe('wrongPlace');
});

test('any published version is accepted, disabled items too; what no version has is refused', () => {
  const world = smallOffice();
  const [first, ...others] = smallCatalogue.classes;
  const items = first?.items.map((item) => (item.code === 'LD01' ? { ...item, disabled: true } : item)) ?? [];
  world.set(OFFICE, 'catalogue', 'v2', { version: 2, classes: [{ ...first!, items }, ...others] });
  const tried = (over: Record<string, unknown>) => world.copy().tell(log({ kind: 'issue', ...over }))?.code;
  expect(tried({ item: 'LD01', itemVersion: 2 })).toBeUndefined();
  expect(tried({ item: 'LD01', itemVersion: 1 })).toBeUndefined();
  expect(tried({ item: 'LD99' })).toBe('itemUnknown');
  expect(tried({ item: 'LD01', itemVersion: 3 })).toBe('itemUnknown');
});

test('an item takes its own kind alone', () => {
  const world = smallOffice();
  expect(world.tell(log({ item: 'LD01', kind: 'wish' }))?.code).toBe('kindNotAllowed');
  expect(world.tell(log({ item: 'ZL01', kind: 'issue' }))?.code).toBe('kindNotAllowed');
  expect(world.tell(log({ item: 'LD02', kind: 'issue' }))).toBeUndefined();
});

test('a sensitive matter needs the consent that was asked separately', () => {
  const world = smallOffice();
  for (const sensitive of [null, false]) {
    expect(world.tell(log({ item: 'ZL02', consent: { ...spoken, sensitive } }))?.code).toBe('consentMissing');
  }
  world.do(log({ item: 'ZL02', consent: { ...spoken, sensitive: true } }));
  expect(ticketIn(world).sensitive).toBe(true);
});

test('the args say everything that a ticket is made of', () => {
  const { place, ...rest } = logArgs();
  const world = smallOffice();
  expect(world.tell({ ...log(), args: rest })?.code).toBe('invalid');
  expect(world.tell(log({ state: 'closed' }))?.code).toBe('invalid');
  expect(place).toBe(door);
});

test('one save at the door makes visit, household, contact, ticket and slip that name each other', () => {
  const world = smallOffice();
  logAtDoor(world);
  expect(world.must(grid, 'slip', SLIP).ticketIds).toEqual([TICKET]);
  expect(ticketIn(world)).toMatchObject({ slipId: SLIP, loggedBy: volunteer.id });
  expect(world.list(grid, 'visit')).toMatchObject([
    { outcome: 'met', byName: '王芳', householdId: householdIdOf(ROOM) },
  ]);
});
