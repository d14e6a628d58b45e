import { expect, test } from 'vitest';
import { toPinyin } from './to-pinyin.ts';

test.each([
  ['重新', 'chong xin'],
  ['得了重病', 'de le zhong bing'],
  ['单亲家庭', 'dan qin jia ting'],
  ['单元门', 'dan yuan men'],
  ['银行', 'yin hang'],
  ['助行器', 'zhu xing qi'],
  ['空调外机', 'kong tiao wai ji'],
  ['人民调解', 'ren min tiao jie'],
  ['楼长', 'lou zhang'],
  ['长期不动', 'chang qi bu dong'],
  ['睡不着', 'shui bu zhao'],
  ['窨井盖', 'yin jing gai'],
  ['给排水', 'ji pai shui'],
  ['12 号楼、地漏', 'hao lou di lou'],
])('%s is read %s', (text, syllables) => {
  expect(toPinyin(text).join(' ')).toBe(syllables);
});
