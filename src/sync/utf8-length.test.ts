import { expect, test } from 'vitest';
import { utf8Length } from './utf8-length.ts';

test.each(['', 'door', 'é', '楼道脏乱', '🪟 a 室', '\u0000\u007f\u0080\u07ff\u0800\uffff\u{10ffff}'])(
  'the length of %j is what an encoder gives',
  (text) => {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
  },
);
