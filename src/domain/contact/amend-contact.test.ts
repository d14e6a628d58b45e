import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import {
  BUILDING,
  CONTACT,
  logAtDoor,
  publishAtDesk,
  smallOffice,
  take,
  TICKET,
} from '../mutation/small-office-for-tests.ts';
import {
  admin,
  C1,
  claimer,
  coordinator,
  G1,
  G2,
  nobody,
  residentOf,
  secondVolunteer,
  strangerCoordinator,
  strangerVolunteer,
  volunteer,
  type Act,
  type World,
} from '../mutation/world-for-tests.ts';
import { communitySpace, contactSpace, gridSpace, memberSpace } from '../space/space.ts';
import { SLIP } from '../mutation/small-office-for-tests.ts';

const space = contactSpace(G1);
const FIRST = { name: '潘阿姨', phone: '19900001234', pin: '', note: '耳朵不好，敲门重一点' };
const put = (over: object = {}): Act => ({
  actor: volunteer,
  space,
  name: 'contact.put',
  args: { id: CONTACT, ...FIRST, ...over },
});
const amend = (actor: Actor, edits: object): Act => ({
  actor,
  space,
  name: 'contact.amend',
  args: { id: CONTACT, ...edits },
});
const phoneTo = (to: string, from = FIRST.phone) => ({ phone: { from, to } });
const contact = (world: World, of = space) => world.must(of, 'contact', CONTACT);

function logged(): World {
  const world = smallOffice();
  logAtDoor(world);
  return world;
}

/** Two phones have corrected one field, a telephone where nothing else is said; the conflict's id. */
function clashed(world: World, one: object = phoneTo('19900001243'), other: object = phoneTo('19900001299')): string {
  world.do(amend(volunteer, one));
  world.do(amend(secondVolunteer, other));
  const key = [...world.records.keys()].find((name) => name.startsWith(`${gridSpace(G1)}\nconflict`));
  return key?.split('\n')[2] ?? '';
}

const decide = (world: World, id: string, choose: 'mine' | 'theirs', grid = G1): void =>
  world.do({ actor: coordinator, space: gridSpace(grid), name: 'conflict.resolve', args: { id, choose } });

test('the same contact a second time changes nothing, and another under its id writes nothing over', () => {
  const world = logged();
  expect(world.tell(put())).toBeUndefined();
  expect(world.tell(put({ phone: '19900009999' }))?.code).toBe('exists');
  expect(contact(world)).toEqual(FIRST);
});

const MAY: readonly [string, Actor, boolean][] = [
  ['volunteer of the grid', secondVolunteer, true],
  ['its coordinator', coordinator, true],
  ['volunteer elsewhere', strangerVolunteer, false],
  ['coordinator elsewhere', strangerCoordinator, false],
  ['claimer', claimer, false],
  ['admin', admin, false],
  ['member without a role', nobody, false],
  ['resident', residentOf(SLIP), false],
];
test.each(MAY)('a contact is corrected by those who work in the grid: %s', (_who, actor, may) => {
  const world = logged();
  expect(world.tell(amend(actor, phoneTo('19900001243')))?.code).toBe(may ? undefined : 'forbidden');
  expect(contact(world).phone).toBe(may ? '19900001243' : FIRST.phone);
});

test('corrections of different fields both hold', () => {
  const world = logged();
  world.do(amend(volunteer, phoneTo('19900001243')));
  world.do(amend(secondVolunteer, { name: { from: '潘阿姨', to: '潘玉兰' } }));
  expect(contact(world)).toEqual({ ...FIRST, phone: '19900001243', name: '潘玉兰' });
  expect(world.list(gridSpace(G1), 'conflict')).toEqual([]);
});

test('of two telephones the first stands, and the other is kept in full where nobody follows it, masked in the grid', () => {
  const world = logged();
  const id = clashed(world);
  expect(contact(world).phone).toBe('19900001243');
  const kept = { kind: 'contact', recordId: CONTACT, field: 'phone', authorId: secondVolunteer.id, resolution: null };
  expect(world.must(space, 'conflict', id)).toMatchObject({ ...kept, mine: '19900001299', theirs: '19900001243' });
  expect(world.must(gridSpace(G1), 'conflict', id)).toMatchObject({
    ...kept,
    from: '199****1234',
    mine: '199****1299',
    theirs: '199****1243',
  });
  expect(JSON.stringify(world.list(gridSpace(G1), 'conflict'))).not.toContain('19900001');
});

test('the value that a coordinator chooses goes in, though the grid has but its masked copy', () => {
  const world = logged();
  const id = clashed(world);
  decide(world, id, 'mine');
  expect(contact(world)).toEqual({ ...FIRST, phone: '19900001299' });
  for (const one of [space, gridSpace(G1)]) expect(world.must(one, 'conflict', id).resolution).toBe('mine');
});

test('the value that stands may be let be', () => {
  const world = logged();
  const id = clashed(world);
  decide(world, id, 'theirs');
  expect(contact(world).phone).toBe('19900001243');
  expect(world.must(space, 'conflict', id).resolution).toBe('theirs');
});

const choose = (world: World, id: string, args: object): string | undefined =>
  world.tell({ actor: coordinator, space: gridSpace(G1), name: 'conflict.resolve', args: { id, ...args }, v: 2 })?.code;

test.each(['mine', 'theirs'] as const)('a telephone corrected after the clash is not decided over: %s', (which) => {
  const world = logged();
  const id = clashed(world);
  world.do(amend(volunteer, phoneTo('19900001255', '19900001243')));
  const seen = { value: '199****1243', turn: 0 };
  expect(choose(world, id, { choose: which, seen })).toBeUndefined();
  expect(contact(world).phone).toBe('19900001255');
  expect(world.must(space, 'conflict', id)).toMatchObject({ theirs: '19900001255', passed: ['19900001243'] });
  const grid = { theirs: '199****1255', passed: ['199****1243'], resolution: null, resolvedAt: null };
  expect(world.must(gridSpace(G1), 'conflict', id)).toMatchObject(grid);
  // Stars say too little: who comes with the turn of before has not seen what stands.
  expect(choose(world, id, { choose: 'mine', seen })).toBeUndefined();
  expect(contact(world).phone).toBe('19900001255');
  expect(choose(world, id, { choose: 'mine', seen: { value: '199****1255', turn: 1 } })).toBeUndefined();
  expect(contact(world).phone).toBe('19900001299');
  expect(world.must(space, 'conflict', id)).toMatchObject({ resolution: 'mine', theirs: '19900001255' });
});

test('a third telephone goes in, in full where nobody follows it and masked in the grid', () => {
  const world = logged();
  const id = clashed(world);
  const seen = { value: '199****1243', turn: 0 };
  for (const text of ['', '打不通']) {
    expect(choose(world, id, { choose: 'edited', text, seen })).toBe('invalid');
  }
  expect(choose(world, id, { choose: 'edited', text: '19900001277', seen })).toBeUndefined();
  expect(contact(world).phone).toBe('19900001277');
  expect(world.must(space, 'conflict', id)).toMatchObject({ resolution: 'edited', edited: '19900001277' });
  expect(world.must(gridSpace(G1), 'conflict', id)).toMatchObject({ resolution: 'edited', edited: '199****1277' });
});

test('a third telephone over one that nobody saw is kept, in full where nobody follows it', () => {
  const world = logged();
  const id = clashed(world);
  world.do(amend(volunteer, phoneTo('19900001255', '19900001243')));
  expect(
    choose(world, id, { choose: 'edited', text: '19900001277', seen: { value: '199****1243', turn: 0 } }),
  ).toBeUndefined();
  expect(contact(world).phone).toBe('19900001255');
  expect(world.must(space, 'conflict', id).offered).toEqual(['19900001277']);
  expect(world.must(gridSpace(G1), 'conflict', id).offered).toEqual(['199****1277']);
});

test('of two third notes the second is refused, though both are the same stars in the grid: its words stay with its author', () => {
  const world = logged();
  const noteTo = (to: string) => ({ note: { from: FIRST.note, to } });
  const id = clashed(world, noteTo('按门铃'), noteTo('打电话'));
  const third = (text: string) => ({ choose: 'edited', text, seen: { value: '****', turn: 0 } });
  expect(choose(world, id, third('先按门铃再打电话'))).toBeUndefined();
  expect(choose(world, id, third('下午再来'))).toBe('state');
  expect(contact(world).note).toBe('先按门铃再打电话');
  expect(world.must(space, 'conflict', id)).toMatchObject({ resolution: 'edited', edited: '先按门铃再打电话' });
});

test('a contact keeps four digits that open its slip', () => {
  const world = logged();
  expect(world.tell(amend(volunteer, phoneTo('')))?.code).toBe('invalid');
  world.do(amend(volunteer, phoneTo('19900001243')));
  // Were this kept, whoever decided for it would close the slip.
  expect(world.tell(amend(secondVolunteer, phoneTo('')))?.code).toBe('invalid');
  expect(
    world.tell(amend(volunteer, { ...phoneTo('', '19900001243'), pin: { from: '', to: '0042' } })),
  ).toBeUndefined();
});

test('what is not there is not corrected', () => {
  expect(smallOffice().tell(amend(volunteer, phoneTo('19900001243')))?.code).toBe('notFound');
});

test('whoever holds the claim gets the corrected contact, and the one that a decision puts in', () => {
  const world = logged();
  publishAtDesk(world);
  world.do(take(claimer, 'won'));
  const view = () => world.must(memberSpace(claimer.id), 'claimView', claimViewIdOf(TICKET, 'won'));
  const id = clashed(world);
  expect(view()).toMatchObject({ state: 'active', contact: { name: '潘阿姨', phone: '19900001243' } });
  decide(world, id, 'mine');
  expect(view().contact?.phone).toBe('19900001299');
});

test('a claim that has ended gets no contact back', () => {
  const world = logged();
  publishAtDesk(world);
  world.do(take(claimer, 'won'));
  const view = claimViewIdOf(TICKET, 'won');
  const release = { id: view, reason: '要出差' };
  world.do({ actor: claimer, space: memberSpace(claimer.id), name: 'claim.release', args: release });
  world.do(amend(volunteer, phoneTo('19900001243')));
  expect(world.must(memberSpace(claimer.id), 'claimView', view).contact).toBeNull();
});

test('both copies go with the building to its other grid, where they are decided', () => {
  const world = logged();
  const id = clashed(world);
  const args = { id: BUILDING, from: G1, to: G2 };
  world.do({ actor: coordinator, space: communitySpace(C1), name: 'building.move', args });
  expect(world.get(gridSpace(G1), 'conflict', id)).toBeUndefined();
  expect(world.get(space, 'conflict', id)).toBeUndefined();
  decide(world, id, 'mine', G2);
  expect(contact(world, contactSpace(G2)).phone).toBe('19900001299');
});
