import { expect, test } from 'vitest';
import { STORAGE_KEYS } from '../stores/storage-keys.ts';
import { LAST_MEMBER, memberHere, SIGN_OUT_PENDING } from './member-here.ts';

const CHEN = { id: 'chen', name: '陈晓', roles: {} };

test('the worker looks where the page writes', () => {
  expect([LAST_MEMBER, SIGN_OUT_PENDING]).toEqual([STORAGE_KEYS.lastMember, STORAGE_KEYS.signOutPending]);
});

test('BS1: it sends for the member of last time, and for nobody who has signed out', () => {
  expect(memberHere(new Map([[LAST_MEMBER, CHEN]]))).toBe('chen');
  expect(memberHere(new Map([[LAST_MEMBER, null]]))).toBeNull();
  expect(memberHere(new Map())).toBeNull();
  const signedOut: [string, unknown][] = [
    [LAST_MEMBER, CHEN],
    [SIGN_OUT_PENDING, true],
  ];
  expect(memberHere(new Map(signedOut))).toBeNull();
});
