import { expect, test } from 'vitest';
import { NO_ROLES, type Roles } from '../actor/actor.ts';
import { smallOffice } from '../mutation/small-office-for-tests.ts';
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
  timer,
  volunteer,
} from '../mutation/world-for-tests.ts';
import { memberSpace } from '../space/space.ts';
import { mayChangeRoles, mayInvite, mayManageMember, maySeeDevices, maySeeMember } from './member-policy.ts';

const roles = (over: Partial<Roles>): Roles => ({ ...NO_ROLES, ...over });
const here = roles({ volunteer: [G1], claimer: true });
const elsewhere = roles({ volunteer: [G3] });
const both = roles({ volunteer: [G1, G3] });

test('an admin may do all of it', () => {
  for (const target of [here, elsewhere, both, roles({ admin: true })]) {
    expect(mayInvite(admin, target)).toBe(true);
    expect(maySeeMember(admin, target)).toBe(true);
    expect(mayManageMember(admin, target)).toBe(true);
    expect(mayChangeRoles(admin, target, roles({ admin: true }))).toBe(true);
  }
});

test('a coordinator invites into the own communities, and never an admin', () => {
  expect(mayInvite(coordinator, here)).toBe(true);
  expect(mayInvite(coordinator, roles({ coordinator: [C1] }))).toBe(true);
  expect(mayInvite(coordinator, elsewhere)).toBe(false);
  expect(mayInvite(coordinator, roles({ coordinator: [C2] }))).toBe(false);
  expect(mayInvite(coordinator, roles({ admin: true }))).toBe(false);
});

test('a coordinator sees who is of the own community or of none, and no admin', () => {
  expect(maySeeMember(coordinator, both)).toBe(true);
  expect(maySeeMember(coordinator, roles({ claimer: true }))).toBe(true);
  expect(maySeeMember(coordinator, elsewhere)).toBe(false);
  expect(maySeeMember(coordinator, roles({ volunteer: [G1], admin: true }))).toBe(false);
});

test('whoever is also at work elsewhere keeps that, and the account', () => {
  expect(mayManageMember(coordinator, here)).toBe(true);
  expect(mayManageMember(coordinator, both)).toBe(false);
  expect(mayChangeRoles(coordinator, both, roles({ volunteer: [G2, G3] }))).toBe(true);
  expect(mayChangeRoles(coordinator, both, roles({ volunteer: [G1] }))).toBe(false);
  expect(mayChangeRoles(coordinator, here, roles({ volunteer: [G1], coordinator: [C2] }))).toBe(false);
  expect(mayChangeRoles(coordinator, here, roles({ admin: true }))).toBe(false);
});

test('volunteers, claimers, members without a role and timers manage nobody', () => {
  for (const actor of [volunteer, claimer, nobody, timer]) {
    expect(mayInvite(actor, NO_ROLES)).toBe(false);
    expect(maySeeMember(actor, NO_ROLES)).toBe(false);
    expect(mayManageMember(actor, NO_ROLES)).toBe(false);
    expect(mayChangeRoles(actor, NO_ROLES, NO_ROLES)).toBe(false);
  }
});

test('member.set holds to it, and leaves the open claims alone', () => {
  const world = smallOffice();
  const space = memberSpace(claimer.id);
  const set = (actor: typeof claimer, next: Roles) =>
    world.tell({ actor, space, name: 'member.set', args: { name: '李伟', roles: next } })?.code;
  world.set(space, 'member', claimer.id, { ...world.must(space, 'member', claimer.id), openClaims: ['one'] });
  expect(set(claimer, roles({ admin: true }))).toBe('forbidden');
  expect(set(volunteer, here)).toBe('forbidden');
  expect(set(coordinator, elsewhere)).toBe('forbidden');
  expect(set(coordinator, here)).toBeUndefined();
  expect(set(timer, roles({ claimer: true }))).toBeUndefined();
  expect(world.must(space, 'member', claimer.id)).toEqual({
    name: '李伟',
    roles: roles({ claimer: true }),
    openClaims: ['one'],
  });
});

test('the devices of a member are seen by those whose community the member works for', () => {
  expect(maySeeDevices(coordinator, here)).toBe(true);
  expect(maySeeDevices(coordinator, both)).toBe(true);
  expect(maySeeDevices(coordinator, roles({ coordinator: [C1] }))).toBe(true);
  expect(maySeeDevices(coordinator, elsewhere)).toBe(false);
  expect(maySeeDevices(coordinator, roles({ claimer: true }))).toBe(false);
  expect(maySeeDevices(coordinator, roles({ claimer: true }), [C2])).toBe(false);
  expect(maySeeDevices(coordinator, roles({ claimer: true }), [C2, C1])).toBe(true);
  expect(maySeeDevices(coordinator, roles({ claimer: true, admin: true }), [C1])).toBe(false);
  expect(maySeeDevices(volunteer, roles({ claimer: true }), [C1])).toBe(false);
  expect(maySeeDevices(coordinator, roles({ admin: true, volunteer: [G1] }))).toBe(false);
  expect(maySeeDevices(admin, roles({ admin: true }))).toBe(true);
  for (const actor of [volunteer, claimer, nobody, timer]) expect(maySeeDevices(actor, here)).toBe(false);
});
