import { expect, test } from 'vitest';
import { dayOf } from '../../../domain/time/shanghai-day.ts';
import { buildingOf } from './building-for-tests.ts';
import { findDoor } from './door-order.ts';
import { doorStates } from './door-state.ts';
import { placeInBuilding } from './place-of.ts';

const building = buildingOf({ '1单元': { '1': ['101', '102'] } });
const place = (room: string) => placeInBuilding(building, findDoor(building.data, `1单元/${room}`) ?? {});
const noon = Date.UTC(2026, 10, 23, 4);
const yesterday = noon - 86_400_000;
const today = dayOf(noon);

test('the latest visit says how a door stands, in whatever order they come', () => {
  const met = { place: place('101'), outcome: 'met' as const, at: noon };
  const notHome = { place: place('101'), outcome: 'notHome' as const, at: yesterday };
  for (const visits of [
    [met, notHome],
    [notHome, met],
  ])
    expect(doorStates(visits, [], today).get('1单元/101')).toEqual({
      outcome: 'met',
      at: noon,
      today: true,
      openMatters: 0,
    });
});

test('yesterday is not today', () => {
  const state = doorStates([{ place: place('101'), outcome: 'refused', at: yesterday }], [], today).get('1单元/101');
  expect(state).toMatchObject({ outcome: 'refused', today: false });
});

test('open matters are counted, ended ones are not, and matters of the stairwell belong to no door', () => {
  const ticket = (state: 'logged' | 'closed' | 'suspended', where = place('102')) => ({ place: where, state });
  const stairwell = placeInBuilding(building, {});
  const states = doorStates(
    [],
    [ticket('logged'), ticket('closed'), ticket('suspended'), ticket('logged', stairwell)],
    today,
  );
  expect(states.get('1单元/102')).toEqual({ outcome: 'untouched', at: null, today: false, openMatters: 2 });
  expect(states.size).toBe(1);
});
