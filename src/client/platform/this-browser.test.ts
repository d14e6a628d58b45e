import { expect, test } from 'vitest';
import { isIos, isIpad } from './this-browser.ts';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15';

test('an iPad that calls itself a Macintosh is known by being touched', () => {
  expect(isIpad({ agent: MAC, touchPoints: 5 })).toBe(true);
  expect(isIpad({ agent: MAC, touchPoints: 0 })).toBe(false);
  expect(isIos({ agent: MAC, touchPoints: 5 })).toBe(true);
});

test('an iPhone is no iPad, and neither is a phone with Android', () => {
  const iphone = { agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)', touchPoints: 5 };
  expect([isIos(iphone), isIpad(iphone)]).toEqual([true, false]);
  expect(isIos({ agent: 'Mozilla/5.0 (Linux; Android 14) Chrome/126', touchPoints: 5 })).toBe(false);
});
