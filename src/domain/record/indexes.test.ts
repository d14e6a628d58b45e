import { expect, test, expectTypeOf } from 'vitest';
import { logAtDoor, publishAtDesk, smallOffice, take } from '../mutation/small-office-for-tests.ts';
import { claimer, coordinator } from '../mutation/world-for-tests.ts';
import { step } from '../mutation/small-office-for-tests.ts';
import type { IndexDefinition } from './index-definition.ts';
import { indexes, type IndexName } from './indexes.ts';
import { naturalOrder } from './natural-order.ts';
import type { Kind } from './record.ts';

const NAMES: Readonly<Record<Kind, readonly string[]>> = {
  office: ['all'],
  catalogue: ['all'],
  terms: ['all'],
  workdays: ['all'],
  community: ['all'],
  grid: ['all'],
  estate: ['all', 'byGrid'],
  building: ['all', 'byEstate', 'byGrid'],
  household: ['all', 'byBuilding'],
  visit: ['all', 'byBuilding', 'byRoom', 'byMember'],
  slip: ['all', 'byVisit'],
  ticket: ['all', 'byState', 'byKind', 'byRoom', 'byBuilding', 'byLoggedBy', 'byVisit', 'byItem', 'byClass', 'byOpen'],
  contact: ['all'],
  card: ['all', 'byState'],
  claimView: ['all', 'byEnd'],
  notice: ['all', 'byRead'],
  member: ['all'],
  ownConflict: ['all'],
  conflict: ['all', 'byOpen'],
};

test('every kind has the lists that the pages ask for, and `all` is one list', () => {
  for (const [kind, names] of Object.entries(NAMES)) {
    expect(Object.keys(indexes[kind as Kind]).toSorted(), kind).toEqual([...names].toSorted());
  }
});

test('every index places every record that the main loop makes', () => {
  const world = smallOffice();
  logAtDoor(world);
  publishAtDesk(world);
  world.do(take(claimer, 'first'));
  world.do(step(coordinator, 'unpublish', { reason: '重复了' }));
  for (const [key, data] of world.records) {
    const [, kind = '', id = ''] = key.split('\n');
    for (const [name, index] of Object.entries(indexes[kind as Kind]) as [string, IndexDefinition<never>][]) {
      expect(typeof index.key(data as never, id), `${kind}.${name}`).toBe('string');
      expect(['string', 'number']).toContain(typeof index.sort(data as never, id));
      if (name === 'all') expect(index.key(data as never, id)).toBe('');
    }
  }
});

test('figures in names count as figures', () => {
  const names = ['10幢', '2幢', '1幢', '望江西园12-3', '望江西园12-20'];
  const sorted = names.toSorted((a, b) => (naturalOrder(a) < naturalOrder(b) ? -1 : 1));
  expect(sorted).toEqual(['1幢', '2幢', '10幢', '望江西园12-3', '望江西园12-20']);
});

test('what has ended stands apart from what is open', () => {
  const world = smallOffice();
  logAtDoor(world);
  const [ticket] = world.list('grid:00000000-0000-7000-8000-000000000011', 'ticket');
  const keyOf = (state: NonNullable<typeof ticket>['state']) => indexes.ticket.byOpen.key({ ...ticket!, state });
  expect(['logged', 'suspended', 'resolved'].map((state) => keyOf(state as 'logged'))).toEqual([
    'open',
    'open',
    'open',
  ]);
  expect(['closed', 'declined', 'withdrawn', 'merged'].map((state) => keyOf(state as 'closed'))).toEqual(
    Array.from({ length: 4 }, () => 'ended'),
  );
});

test('a list is named after an index of its own kind, or after the one that all have', () => {
  expectTypeOf<IndexName<'conflict'>>().toEqualTypeOf<'all' | 'byOpen'>();
  expectTypeOf<IndexName<'ticket' | 'conflict'>>().toEqualTypeOf<'all' | 'byOpen'>();
  expectTypeOf<IndexName<'office'>>().toEqualTypeOf<'all'>();
});
