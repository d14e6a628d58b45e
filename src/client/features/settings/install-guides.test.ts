import { expect, test } from 'vitest';
import { installGuides } from './install-guides.ts';

const of = (agent: string, touchPoints = 5) => installGuides({ agent, touchPoints });

test('in WeChat the only way is out of it', () => {
  expect(of('Mozilla/5.0 (iPhone) MicroMessenger/8.0')).toEqual(['wechat']);
});

test('an iPhone reads its own guide first, and so does an iPad that calls itself a Macintosh', () => {
  expect(of('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5)')).toEqual(['ios', 'other']);
  expect(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toEqual(['ios', 'other']);
});

test('everything else reads the browser menu first', () => {
  expect(of('Mozilla/5.0 (Linux; Android 14) Chrome/126')).toEqual(['other', 'ios']);
  expect(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0)).toEqual(['other', 'ios']);
});
