import { expect, test } from 'vitest';
import { NO_ROLES, type Roles } from '../../../domain/actor/actor.ts';
import { gapsOf, isSetUp, setUpSteps, type CommunityFacts } from './set-up-steps.ts';

const community = (over: Partial<CommunityFacts> = {}): CommunityFacts => ({
  id: 'c1',
  gridIds: ['g1'],
  estates: [{ id: 'e1', buildings: 3 }],
  ...over,
});
const person = (roles: Partial<Roles>, over: { active?: boolean; invited?: boolean } = {}) => ({
  roles: { ...NO_ROLES, ...roles },
  active: true,
  invited: false,
  ...over,
});
const coordinator = person({ coordinator: ['c1'] });
const volunteer = person({ volunteer: ['g1'] });

test('a new community lacks everything, buildings only once it has an estate', () => {
  expect(gapsOf(community({ estates: [] }), [])).toEqual(['estate', 'coordinator', 'volunteer']);
  expect(gapsOf(community({ estates: [{ id: 'e1', buildings: 0 }] }), [])).toEqual([
    'building',
    'coordinator',
    'volunteer',
  ]);
});

test('one estate with a building is enough to begin', () => {
  const estates = [
    { id: 'e1', buildings: 0 },
    { id: 'e2', buildings: 1 },
  ];
  expect(gapsOf(community({ estates }), [coordinator, volunteer])).toEqual([]);
});

test('an invited person counts, a closed account does not', () => {
  const invited = person({ volunteer: ['g1'] }, { active: false, invited: true });
  const closed = person({ coordinator: ['c1'] }, { active: false });
  expect(gapsOf(community(), [invited, closed])).toEqual(['coordinator']);
});

test('people of another community fill no gap here', () => {
  expect(gapsOf(community(), [person({ coordinator: ['c2'], volunteer: ['g2'] })])).toEqual([
    'coordinator',
    'volunteer',
  ]);
});

test('without a network nobody says that people are missing', () => {
  expect(gapsOf(community(), undefined)).toEqual([]);
  expect(setUpSteps([community()], undefined).map(({ state }) => state)).toEqual([
    'done',
    'done',
    'done',
    'unknown',
    'unknown',
  ]);
});

test('one step at a time is next', () => {
  const states = (communities: CommunityFacts[], people: Parameters<typeof setUpSteps>[1] = []) =>
    setUpSteps(communities, people).map(({ state }) => state);
  expect(states([])).toEqual(['next', 'later', 'later', 'later', 'later']);
  expect(states([community({ estates: [] })])).toEqual(['done', 'next', 'later', 'later', 'later']);
  expect(states([community()])).toEqual(['done', 'done', 'done', 'next', 'later']);
  expect(states([community()], [volunteer])).toEqual(['done', 'done', 'done', 'next', 'done']);
});

test('the list is done with once every step is', () => {
  expect(isSetUp(setUpSteps([community()], [coordinator, volunteer]))).toBe(true);
  expect(isSetUp(setUpSteps([community()], [coordinator]))).toBe(false);
});
