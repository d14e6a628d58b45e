import { expect, test } from 'vitest';
import { NO_ROLES } from '../../../domain/actor/actor.ts';
import { chosenIn, draftOfRoles, hasRole, rolesOfDraft } from './roles-form.ts';

const offered = [{ id: 'c1', name: '清泰门社区', grids: [{ id: 'g1', name: '第一网格' }] }];

test('ticking grids and a community gives those roles', () => {
  const draft = { ...draftOfRoles(), grids: ['g1'], coordinator: ['c1'] };
  expect(rolesOfDraft(draft, NO_ROLES, offered)).toEqual({ ...NO_ROLES, volunteer: ['g1'], coordinator: ['c1'] });
});

test("roles in other coordinators' communities are neither lost nor given", () => {
  const before = { ...NO_ROLES, volunteer: ['g1', 'g9'], coordinator: ['c9'], admin: true };
  const draft = { ...draftOfRoles(before), grids: ['g8'], coordinator: ['c8'] };
  expect(rolesOfDraft(draft, before, offered)).toEqual({
    ...NO_ROLES,
    volunteer: ['g9'],
    coordinator: ['c9'],
    admin: true,
  });
});

test('a unit goes with claiming only', () => {
  expect(rolesOfDraft({ ...draftOfRoles(), unit: '望海潮公司' }, NO_ROLES, offered).unit).toBeNull();
  const claiming = { ...draftOfRoles(), claimer: true, unit: ' 望海潮公司 ' };
  expect(rolesOfDraft(claiming, NO_ROLES, offered)).toMatchObject({ claimer: true, unit: '望海潮公司' });
});

test('an invitation without any role is told apart', () => {
  expect(hasRole(NO_ROLES)).toBe(false);
  expect(hasRole({ ...NO_ROLES, claimer: true })).toBe(true);
});

test('an admin is made only by a form that offers it', () => {
  const draft = { ...draftOfRoles(), admin: true };
  expect(rolesOfDraft(draft, NO_ROLES, offered).admin).toBe(false);
  expect(rolesOfDraft(draft, NO_ROLES, offered, true).admin).toBe(true);
  expect(rolesOfDraft(draftOfRoles(), { ...NO_ROLES, admin: true }, offered, true).admin).toBe(false);
});

test('a closed community still tells what was ticked in it', () => {
  const draft = { ...draftOfRoles(), grids: ['g1', 'g9'], coordinator: ['c9'] };
  const [community] = offered;
  expect(community && chosenIn(draft, community)).toEqual({
    grids: [{ id: 'g1', name: '第一网格' }],
    coordinator: false,
  });
});
