// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { isWriting, listKeyOf } from './list-keys.ts';

const press = (key: string, over: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...over,
});

test('the keys of the desk', () => {
  expect(['/', 'j', 'k', 'Enter', 'x'].map((key) => listKeyOf(press(key), false))).toEqual([
    'search',
    'next',
    'previous',
    'open',
    null,
  ]);
});

test('nothing is taken from one who writes, composes or uses the browser', () => {
  expect(listKeyOf(press('j'), true)).toBeNull();
  expect(listKeyOf(press('j', { isComposing: true }), false)).toBeNull();
  expect(listKeyOf(press('k', { ctrlKey: true }), false)).toBeNull();
  expect(listKeyOf(press('/', { metaKey: true }), false)).toBeNull();
});

test('a field and an open sheet keep their keys', () => {
  document.body.innerHTML = '<input id="field"><button id="button"></button>';
  expect(isWriting(document.querySelector('#field'), document)).toBe(true);
  expect(isWriting(document.querySelector('#button'), document)).toBe(false);
  document.body.innerHTML += '<div role="dialog"></div>';
  expect(isWriting(document.querySelector('#button'), document)).toBe(true);
});
