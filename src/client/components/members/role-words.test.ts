import { expect, test } from 'vitest';
import { NO_ROLES } from '../../../domain/actor/actor.ts';
import { roleWords } from './role-words.ts';

const communities = [
  {
    id: 'c1',
    name: '清泰门社区',
    grids: [
      { id: 'g1', name: '第一网格' },
      { id: 'g2', name: '第二网格' },
    ],
  },
];

test('roles are told with their places', () => {
  const roles = { ...NO_ROLES, volunteer: ['g1', 'g2'], claimer: true, unit: '望海潮公司', coordinator: ['c1'] };
  expect(roleWords(roles, communities)).toEqual([
    { key: 'coordinatorOf', params: { communities: '清泰门社区' } },
    { key: 'volunteerOf', params: { grids: '第一网格、第二网格' } },
    { key: 'claimerOf', params: { unit: '望海潮公司' } },
  ]);
});

test('places elsewhere are not named, the role is', () => {
  expect(roleWords({ ...NO_ROLES, volunteer: ['g9'], coordinator: ['c9'] }, communities).map((w) => w.key)).toEqual([
    'coordinator',
    'volunteer',
  ]);
});

test('nobody is left without a word', () => {
  expect(roleWords(NO_ROLES, communities)).toEqual([{ key: 'none', params: {} }]);
});
