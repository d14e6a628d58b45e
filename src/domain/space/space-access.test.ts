import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
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
  residentOf,
  timer,
  uuid,
  volunteer,
} from '../mutation/world-for-tests.ts';
import { allowedSpaces, mayPushTo, mayRead } from './space-access.ts';

const ALL = [C1, C2];
const walls = [`wall:${C1}`, `wall:${C2}`];
const own = (actor: Actor): string => `member:${actor.id}`;

test('each role holds its spaces and no others', () => {
  const holds = (actor: Actor): string[] => allowedSpaces(actor, ALL).toSorted();
  const sorted = (...spaces: string[]): string[] => spaces.toSorted();
  expect(holds(volunteer)).toEqual(sorted('office', `community:${C1}`, `grid:${G1}`, ...walls, own(volunteer)));
  expect(holds(coordinator)).toEqual(
    sorted('office', `community:${C1}`, `grid:${G1}`, `grid:${G2}`, ...walls, own(coordinator)),
  );
  expect(holds(claimer)).toEqual(sorted('office', ...walls, own(claimer)));
  expect(holds(nobody)).toEqual(sorted('office', ...walls, own(nobody)));
  expect(holds(admin)).toEqual(sorted('office', `community:${C1}`, `community:${C2}`, ...walls, own(admin)));
});

test('the list says of every space what is allowed, and of no other', () => {
  const spaces = ['office', own(volunteer), own(claimer)];
  for (const id of [...ALL, G1, G2, G3, uuid(404)]) {
    spaces.push(...['community', 'grid', 'contact', 'wall'].map((kind) => `${kind}:${id}`));
  }
  for (const actor of [volunteer, coordinator, claimer, admin, nobody]) {
    const listed = allowedSpaces(actor, ALL);
    for (const space of spaces) expect(mayRead(actor, space, ALL), space).toBe(listed.includes(space));
  }
});

test('nobody holds contacts, and who works in the grid writes them', () => {
  for (const actor of [volunteer, coordinator, claimer, admin]) {
    expect(mayRead(actor, `contact:${G1}`, ALL)).toBe(false);
  }
  expect(mayPushTo(volunteer, `contact:${G1}`)).toBe(true);
  expect(mayPushTo(coordinator, `contact:${G1}`)).toBe(true);
  expect(mayPushTo(admin, `contact:${G1}`)).toBe(false);
  expect(mayPushTo(volunteer, `contact:${G3}`)).toBe(false);
});

test('a space of a community that does not exist is held by nobody', () => {
  expect(mayRead(admin, `community:${uuid(404)}`, ALL)).toBe(false);
  expect(mayRead(claimer, `wall:${uuid(404)}`, ALL)).toBe(false);
});

test('one hands in where one works, and in the own space alone', () => {
  expect(mayPushTo(volunteer, `grid:${G1}`)).toBe(true);
  expect(mayPushTo(volunteer, `grid:${G2}`)).toBe(false);
  expect(mayPushTo(volunteer, `community:${C1}`)).toBe(true);
  expect(mayPushTo(volunteer, `community:${C2}`)).toBe(false);
  expect(mayPushTo(claimer, `wall:${C2}`)).toBe(true);
  expect(mayPushTo(claimer, own(claimer))).toBe(true);
  expect(mayPushTo(claimer, own(volunteer))).toBe(false);
  expect(mayPushTo(admin, 'nonsense')).toBe(false);
});

test('residents and timers come by their own ways and hold nothing', () => {
  expect(mayPushTo(residentOf(uuid(53)), `grid:${G1}`)).toBe(true);
  expect(mayPushTo(residentOf(uuid(53)), 'office')).toBe(false);
  expect(mayPushTo(timer, `wall:${C1}`)).toBe(true);
  expect(allowedSpaces(timer, ALL)).toEqual([]);
  expect(allowedSpaces(residentOf(uuid(53)), ALL)).toEqual([]);
});
