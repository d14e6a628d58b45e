import { expect, test } from 'vitest';
import { installGuides } from './install-guides.ts';

test('in WeChat the only way is out of it', () => {
  expect(installGuides('Mozilla/5.0 (iPhone) MicroMessenger/8.0')).toEqual(['wechat']);
});

test('an iPhone reads its own guide first', () => {
  expect(installGuides('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5)')).toEqual(['ios', 'other']);
});

test('everything else reads the browser menu first', () => {
  expect(installGuides('Mozilla/5.0 (Linux; Android 14) Chrome/126')).toEqual(['other', 'ios']);
});
