import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { smallOffice } from '../mutation/small-office-for-tests.ts';
import {
  admin,
  claimer,
  coordinator,
  nobody,
  timer,
  volunteer,
  type Act,
  type World,
} from '../mutation/world-for-tests.ts';
import { OFFICE } from '../space/space.ts';
import { STANDARD_TERMS, TERMS_ID, type Term } from './term-table.ts';

const act = (name: string, args: unknown, actor: Actor = admin): Act => ({ actor, space: OFFICE, name, args });
const days = (amount: number): Term => ({ amount, unit: 'workday' });
const finish = (from: Term, to: Term): unknown => ({ 'P2.finish': { from, to } });
const newYear = { year: 2027, days: { '2027-01-01': { from: 'plain', to: 'off' } } };
const conflictIds = (world: World): string[] =>
  [...world.records.keys()].filter((key) => key.startsWith(`${OFFICE}\nconflict\n`)).map((key) => key.slice(-36));

test('terms and working days are the admin’s and the server’s', () => {
  for (const one of [act('terms.edit', finish(days(5), days(7))), act('workdays.edit', newYear)]) {
    for (const actor of [admin, timer]) expect(smallOffice().tell({ ...one, actor })).toBeUndefined();
    for (const actor of [coordinator, volunteer, claimer, nobody]) {
      expect(smallOffice().tell({ ...one, actor })?.code).toBe('forbidden');
    }
  }
});

test('the first edit begins from the standard terms', () => {
  const world = smallOffice();
  world.do(act('terms.edit', finish(days(5), days(7))));
  expect(world.must(OFFICE, 'terms', TERMS_ID)).toEqual({ ...STANDARD_TERMS, 'P2.finish': days(7) });
});

test('two admins who change the same term leave a conflict, and either value can win', () => {
  const world = smallOffice();
  world.do(act('terms.edit', finish(days(5), days(7))));
  world.do(
    act('terms.edit', { ...(finish(days(5), days(9)) as object), 'P3.finish': { from: days(15), to: days(20) } }),
  );
  expect(world.must(OFFICE, 'terms', TERMS_ID)).toMatchObject({ 'P2.finish': days(7), 'P3.finish': days(20) });
  const [id = ''] = conflictIds(world);
  expect(world.must(OFFICE, 'conflict', id)).toMatchObject({
    field: 'P2.finish',
    mine: '9 workday',
    theirs: '7 workday',
  });
  world.do(act('conflict.resolve', { id, choose: 'mine' }));
  expect(world.must(OFFICE, 'terms', TERMS_ID)['P2.finish']).toEqual(days(9));
});

test('a term is a whole number of hours or working days, and not endless', () => {
  const tell = (to: unknown) => smallOffice().tell(act('terms.edit', { 'P2.finish': { from: days(5), to } }))?.code;
  const wrong = [days(0), days(1.5), days(121), { amount: 1000, unit: 'hour' }, { amount: 3, unit: 'week' }];
  for (const to of wrong) expect(tell(to)).toBe('invalid');
  expect(tell({ amount: 999, unit: 'hour' })).toBeUndefined();
});

test('a year begins from the announced one, and a day can be made plain again', () => {
  const world = smallOffice();
  world.do(act('workdays.edit', { year: 2026, days: { '2026-10-10': { from: 'work', to: 'plain' } } }));
  const table = world.must(OFFICE, 'workdays', '2026');
  expect(table.days['2026-10-10']).toBeUndefined();
  expect(table.days['2026-10-07']).toBe('off');
  world.do(act('workdays.edit', newYear));
  expect(world.must(OFFICE, 'workdays', '2027')).toEqual({ year: 2027, days: { '2027-01-01': 'off' } });
});

test('two admins who change the same day leave a conflict', () => {
  const world = smallOffice();
  world.do(act('workdays.edit', newYear));
  world.do(act('workdays.edit', { year: 2027, days: { '2027-01-01': { from: 'plain', to: 'work' } } }));
  expect(world.must(OFFICE, 'workdays', '2027').days).toEqual({ '2027-01-01': 'off' });
  const [id = ''] = conflictIds(world);
  world.do(act('conflict.resolve', { id, choose: 'mine' }));
  expect(world.must(OFFICE, 'workdays', '2027').days).toEqual({ '2027-01-01': 'work' });
});

test('two admins who enter the same year alike do not meet', () => {
  const world = smallOffice();
  world.do(act('workdays.edit', newYear));
  world.do(act('workdays.edit', newYear));
  expect(conflictIds(world)).toEqual([]);
});

test('only days that there are, and of this year', () => {
  const tell = (year: number, day: string) =>
    smallOffice().tell(act('workdays.edit', { year, days: { [day]: { from: 'plain', to: 'off' } } }))?.code;
  expect(tell(2027, '2027-02-29')).toBe('invalid');
  expect(tell(2027, '2026-02-28')).toBe('invalid');
  expect(tell(1999, '1999-01-01')).toBe('invalid');
  expect(tell(2028, '2028-02-29')).toBeUndefined();
});
