import { expect, test } from 'vitest';
import { NO_ROLES } from '../../domain/actor/actor.ts';
import { barFor, sideFor, startFor } from './use-navigation.ts';

const paths = (entries: { to: string }[]): string[] => entries.map(({ to }) => to);

test('a volunteer has 记一件 raised in the middle', () => {
  const bar = barFor({ ...NO_ROLES, volunteer: ['g1'] });

  expect(paths(bar)).toEqual(['/', '/door', '/log', '/wall', '/me']);
  expect(bar.find(({ raised }) => raised)?.to).toBe('/log');
});

test('each role begins where its work is', () => {
  expect(startFor({ ...NO_ROLES, volunteer: ['g1'], coordinator: ['c1'] })).toBe('/');
  expect(startFor({ ...NO_ROLES, coordinator: ['c1'] })).toBe('/desk');
  expect(startFor({ ...NO_ROLES, admin: true })).toBe('/admin');
  expect(startFor({ ...NO_ROLES, claimer: true })).toBe('/wall');
});

test('the side has what every role of the member does', () => {
  const side = paths(sideFor({ ...NO_ROLES, volunteer: ['g1'], claimer: true, coordinator: ['c1'], admin: true }));

  expect(side).toEqual(expect.arrayContaining(['/', '/door', '/log', '/desk', '/claims', '/admin', '/records', '/me']));
});

test('what a role may not do is not shown', () => {
  expect(paths(sideFor({ ...NO_ROLES, claimer: true }))).not.toContain('/desk');
});

test('at a wide desk everything of a coordinator is in the side: its page shows no links of its own there', () => {
  const side = paths(sideFor({ ...NO_ROLES, coordinator: ['c1'] }));
  expect(side).toEqual(expect.arrayContaining(['/desk/tickets', '/desk/held', '/desk/devices', '/desk/members']));
});
