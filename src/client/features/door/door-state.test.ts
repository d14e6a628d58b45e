import { expect, test } from 'vitest';
import { buildingOf } from './building-for-tests.ts';
import { findDoor } from './door-order.ts';
import { doorStates, isSameDay } from './door-state.ts';
import { placeInBuilding } from './place-of.ts';

const building = buildingOf({ '1单元': { '1': ['101', '102'] } });
const place = (room: string) => placeInBuilding(building, findDoor(building.data, `1单元/${room}`) ?? {});
const noon = Date.UTC(2026, 10, 23, 4);
const yesterday = noon - 86_400_000;

test('the latest visit says how a door stands, in whatever order they come', () => {
  const met = { place: place('101'), outcome: 'met' as const, at: noon };
  const notHome = { place: place('101'), outcome: 'notHome' as const, at: yesterday };
  for (const visits of [
    [met, notHome],
    [notHome, met],
  ])
    expect(doorStates(visits, [], noon).get('1单元/101')).toEqual({
      outcome: 'met',
      at: noon,
      today: true,
      openMatters: 0,
    });
});

test('yesterday is not today', () => {
  const state = doorStates([{ place: place('101'), outcome: 'refused', at: yesterday }], [], noon).get('1单元/101');
  expect(state).toMatchObject({ outcome: 'refused', today: false });
});

test('open matters are counted, ended ones are not, and matters of the stairwell belong to no door', () => {
  const ticket = (state: 'logged' | 'closed' | 'suspended', where = place('102')) => ({ place: where, state });
  const stairwell = placeInBuilding(building, {});
  const states = doorStates(
    [],
    [ticket('logged'), ticket('closed'), ticket('suspended'), ticket('logged', stairwell)],
    noon,
  );
  expect(states.get('1单元/102')).toEqual({ outcome: 'untouched', at: null, today: false, openMatters: 2 });
  expect(states.size).toBe(1);
});

test('a day begins at midnight in Shanghai', () => {
  const midnight = Date.UTC(2026, 10, 22, 16);
  expect(isSameDay(midnight, midnight + 86_399_999)).toBe(true);
  expect(isSameDay(midnight, midnight - 1)).toBe(false);
});
