// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { copyText } from './copy-text.ts';

const clipboard = (value: Partial<Clipboard> | undefined): void =>
  void Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
afterEach(() => clipboard(undefined));

test('what is copied is said to be so where the clipboard took it alone', async () => {
  let taken = '';
  clipboard({ writeText: (text) => Promise.resolve(void (taken = text)) });
  expect([await copyText('三楼'), taken]).toEqual([true, '三楼']);
  clipboard({ writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) });
  expect(await copyText('三楼')).toBe(false);
  clipboard(undefined);
  expect(await copyText('三楼')).toBe(false);
});
