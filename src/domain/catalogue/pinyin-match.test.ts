import { expect, test } from 'vitest';
import { blurPinyin, foldPinyin, pinyinScore } from './pinyin-match.ts';

const dripping = ['lou', 'shang', 'di', 'shui'];

test.each([
  'lou',
  'lo',
  'l',
  'ls',
  'lsh',
  'lshd',
  'lshds',
  'lshdsh',
  'loushang',
  'loushangd',
  'lsdi',
  'dishui',
  'shui',
])('%s fits lou shang di shui', (letters) => {
  expect(pinyinScore(letters, dripping)).toBeGreaterThan(0);
});

test.each(['lod', 'ld', 'lsx', 'hang', 'ou', 'lshdsx', 'loushangdishuia'])('%s does not', (letters) => {
  expect(pinyinScore(letters, dripping)).toBe(0);
});

test('the whole text scores 1, its beginning more than its inside, more syllables more than fewer', () => {
  expect(pinyinScore('loushangdishui', dripping)).toBe(1);
  expect(pinyinScore('lsds', dripping)).toBe(1);
  expect(pinyinScore('ls', dripping)).toBeGreaterThan(pinyinScore('ds', dripping));
  expect(pinyinScore('lsd', dripping)).toBeGreaterThan(pinyinScore('ls', dripping));
  expect(pinyinScore('ls', [])).toBe(0);
});

test('ü, v and u are one; zh and z, ng and n are one only where blurred', () => {
  expect(foldPinyin('lvhua')).toBe(foldPinyin('lühua'));
  expect(blurPinyin('zhuangxiu')).toBe(blurPinyin('zuanxiu'));
});
