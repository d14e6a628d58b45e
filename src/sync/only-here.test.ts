import { expect, test } from 'vitest';
import type { Waiting } from './engine-api.ts';
import { countOnlyHere } from './only-here.ts';
import type { MediaRow } from './outbox-port.ts';

const entry = (mid: string, over: Partial<Waiting> = {}, args: unknown = {}): Waiting => ({
  row: {
    ...{ mid, space: 'grid:1', seq: 1, name: 'ticket.addMedia', v: 1, args, at: 1, saveId: 's', about: null },
    ...{ asideAt: null, settledAt: null },
  },
  state: 'saved',
  receipt: null,
  ...over,
});
const bytes = (sha: string, mid: string): MediaRow => ({
  ...{ sha, type: 'image/jpeg', size: 2, isThumb: false, mids: [mid], at: 1, refused: null },
  ...{ asideAt: null, asideSince: null, broughtAt: null },
});
const heldWord = { mid: 'h', seq: 1, status: 'quarantined', code: 'noAccess', data: {}, ver: 1 } as const;
const held = { state: 'attention', receipt: heldWord } as const;

test('what is held lies with the server until it is sent back', () => {
  expect(countOnlyHere([entry('h', held)], [])).toBe(0);
  const decision = { as: 'returned', reason: '' } as const;
  expect(countOnlyHere([entry('h', { ...held, decision })], [])).toBe(1);
});

test('a photo and its thumbnail that an earlier build stored are one thing, and go with their record', () => {
  const args = { media: [{ sha: 'photo', thumb: { sha: 'thumb' } }] };
  const both = [bytes('photo', 'a'), bytes('thumb', 'a')];
  expect(countOnlyHere([entry('a', {}, args)], both)).toBe(1);
  expect(countOnlyHere([entry('a', { state: 'delivered' }, args)], both)).toBe(1);
});
