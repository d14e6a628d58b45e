import { expect, test } from 'vitest';
import { mediaRow, waitingEntry as entry } from '../../tests/support/waiting-rows.ts';
import { countOnlyHere } from './only-here.ts';
import type { MediaRow } from './outbox-port.ts';

const bytes = (sha: string, mid: string): MediaRow => mediaRow({ sha, mids: [mid] });
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
