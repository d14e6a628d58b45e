import { expect, test } from 'vitest';
import type { SaveState, Waiting } from '../../../sync/engine-api.ts';
import { groupSaves } from './group-saves.ts';

const entry = (saveId: string, name: string, state: SaveState, asideAt: number | null = null): Waiting => ({
  row: {
    mid: `${saveId}-${name}`,
    space: 'grid:g1',
    seq: 1,
    name,
    v: 1,
    args: {},
    at: 10,
    saveId,
    about: null,
    asideAt,
    settledAt: null,
  },
  state,
  receipt: null,
});

test('the parts of one save are one line, the matter first', () => {
  const saves = groupSaves([
    entry('s1', 'slip.issue', 'saved'),
    entry('s1', 'visit.record', 'saved'),
    entry('s1', 'ticket.log', 'saved'),
    entry('s0', 'visit.record', 'delivered'),
  ]);

  expect(saves.map((save) => save.entries.map(({ row }) => row.name))).toEqual([
    ['ticket.log', 'visit.record', 'slip.issue'],
    ['visit.record'],
  ]);
});

test('a save stands where its slowest part stands', () => {
  expect(groupSaves([entry('s', 'a', 'delivered'), entry('s', 'b', 'sending')])[0]?.state).toBe('sending');
  expect(groupSaves([entry('s', 'a', 'saved'), entry('s', 'b', 'attention')])[0]?.state).toBe('attention');
});

test('what was put aside asks for nothing any more, and is not called delivered', () => {
  expect(groupSaves([entry('s', 'a', 'attention', 5)])[0]?.state).toBe('aside');
  expect(groupSaves([entry('s', 'a', 'attention', 5), entry('s', 'b', 'delivered')])[0]?.state).toBe('aside');
});
