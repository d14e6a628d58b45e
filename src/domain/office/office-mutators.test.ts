import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { ESTATE, smallCatalogue, smallOffice } from '../mutation/small-office-for-tests.ts';
import {
  admin,
  C1,
  C2,
  claimer,
  coordinator,
  G1,
  G2,
  G3,
  nobody,
  strangerCoordinator,
  timer,
  uuid,
  volunteer,
  type Act,
} from '../mutation/world-for-tests.ts';
import { communitySpace, OFFICE } from '../space/space.ts';

const act = (name: string, args: unknown, actor: Actor = admin, space = OFFICE): Act => ({ actor, space, name, args });
const edit = (from: string, to: string) => ({ from, to });
const community = { id: uuid(5), name: '莫邪塘社区', phone: '', defaultGrid: { id: uuid(15), name: '第一网格' } };

test('the office, its catalogue and its communities are the admin’s and the server’s', () => {
  const acts = [
    act('office.edit', { name: edit('望江街道', '望江') }),
    act('catalogue.publish', { catalogue: { ...smallCatalogue, version: 2 } }),
    act('community.create', community),
    act('community.edit', { id: C1, phone: edit('', '0571-1') }),
  ];
  for (const one of acts) {
    for (const actor of [admin, timer]) expect(smallOffice().tell({ ...one, actor })).toBeUndefined();
    for (const actor of [coordinator, volunteer, claimer, nobody]) {
      expect(smallOffice().tell({ ...one, actor })?.code).toBe('forbidden');
    }
  }
});

test('grids and estates are the coordinators’ too, of their own community', () => {
  const space = communitySpace(C1);
  const acts = [
    act('grid.create', { id: uuid(16), name: '第三网格' }, admin, space),
    act('grid.rename', { id: G2, name: edit('第二网格', '凤凰网格') }, admin, space),
    act('estate.create', { id: uuid(22), name: '望江西园', gridId: G1 }, admin, space),
    act('estate.rename', { id: ESTATE, name: edit('凤凰苑', '凤凰南苑') }, admin, space),
  ];
  for (const one of acts) {
    for (const actor of [admin, coordinator, timer]) expect(smallOffice().tell({ ...one, actor })).toBeUndefined();
    for (const actor of [strangerCoordinator, volunteer, claimer, nobody]) {
      expect(smallOffice().tell({ ...one, actor })?.code).toBe('forbidden');
    }
  }
});

test('one office, made once', () => {
  const world = smallOffice();
  expect(world.tell(act('office.create', { name: '望江街道', phone: '0571-00000000' }))).toBeUndefined();
  expect(world.tell(act('office.create', { name: '另一个', phone: '' }))?.code).toBe('exists');
  expect(world.must(OFFICE, 'office', 'office').catalogueVersion).toBe(1);
});

test('a community begins with one grid, and is made once', () => {
  const world = smallOffice();
  world.do(act('community.create', community));
  const space = communitySpace(community.id);
  expect(world.list(space, 'grid')).toEqual([{ name: '第一网格', isDefault: true }]);
  world.do(act('grid.rename', { id: uuid(15), name: edit('第一网格', '塘北网格') }, admin, space));
  world.do(act('community.create', community));
  expect(world.list(space, 'grid')).toEqual([{ name: '塘北网格', isDefault: true }]);
  expect(world.tell(act('community.create', { ...community, name: '别的社区' }))?.code).toBe('exists');
});

test('a catalogue is published once, keeps every item and becomes the present one', () => {
  const world = smallOffice();
  const publish = (catalogue: unknown) => world.tell(act('catalogue.publish', { catalogue }))?.code;
  const [first, second] = smallCatalogue.classes;
  expect(publish(smallCatalogue)).toBeUndefined();
  expect(publish({ ...smallCatalogue, classes: [first] })).toBe('exists');
  expect(publish({ version: 2, classes: [first] })).toBe('invalid');
  expect(publish({ version: 2, classes: [first, second, first] })).toBe('invalid');
  expect(publish({ version: 2, classes: [second, { ...first, code: 'XX' }] })).toBe('invalid');
  expect(publish({ ...smallCatalogue, version: 2 })).toBeUndefined();
  expect(world.must(OFFICE, 'office', 'office').catalogueVersion).toBe(2);
});

test('an estate stands in a grid of its community', () => {
  const world = smallOffice();
  const create = (gridId: string, name = '望江西园') =>
    world.tell(act('estate.create', { id: uuid(22), name, gridId }, admin, communitySpace(C1)))?.code;
  expect(create(G3)).toBe('wrongPlace');
  expect(create(G1)).toBeUndefined();
  expect(create(G1)).toBeUndefined();
  expect(create(G1, '别的小区')).toBe('exists');
});

test('edits that meet leave a conflict where they met, and either value can win', () => {
  for (const [space, kind, id, name] of [
    [OFFICE, 'office', 'office', 'office.edit'],
    [OFFICE, 'community', C2, 'community.edit'],
    [communitySpace(C1), 'grid', G2, 'grid.rename'],
    [communitySpace(C1), 'estate', ESTATE, 'estate.rename'],
  ] as const) {
    const world = smallOffice();
    const standing = world.must(space, kind, id).name;
    const target = name === 'office.edit' ? {} : { id };
    for (const to of ['甲', '乙']) world.do(act(name, { ...target, name: edit(standing, to) }, admin, space));
    expect(world.must(space, kind, id).name).toBe('甲');
    const [key = ''] = [...world.records.keys()].filter((one) => one.startsWith(`${space}\nconflict\n`));
    const resolve = act('conflict.resolve', { id: key.slice(-36), choose: 'mine' }, timer, space);
    expect(world.tell({ ...resolve, actor: nobody })?.code).toBe('forbidden');
    world.do(resolve);
    expect(world.must(space, kind, id).name).toBe('乙');
  }
});

test('a telephone is edited like a name, and both at once', () => {
  const world = smallOffice();
  world.do(act('community.edit', { id: C1, name: edit('清泰门社区', '清泰门'), phone: edit('', '0571-2') }));
  expect(world.must(OFFICE, 'community', C1)).toEqual({ name: '清泰门', phone: '0571-2' });
  expect(world.tell(act('community.edit', { id: uuid(404), phone: edit('', '1') }))?.code).toBe('notFound');
});

test('a mutation writes only to the kind of space that is its own', () => {
  const world = smallOffice();
  expect(world.tell(act('office.edit', {}, admin, communitySpace(C1)))?.code).toBe('invalid');
  expect(world.tell(act('conflict.resolve', { id: uuid(1), choose: 'mine' }, admin, `wall:${C1}`))?.code).toBe(
    'invalid',
  );
  expect(world.tell(act('conflict.resolve', { id: uuid(1), choose: 'mine' }, admin, OFFICE))?.code).toBe('notFound');
});
