// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { mountKit } from '../../../../tests/support/mount-kit.ts';
import { mediaRow } from '../../../../tests/support/waiting-rows.ts';
import type { WaitingMedia } from '../../../sync/engine-api.ts';
import MediaMark from './MediaMark.vue';

const row = mediaRow({ size: 300_000 });

test.each<[WaitingMedia['state'], sent: number, words: string, look: string]>([
  ['saved', 0, '已存本机', 'saved'],
  // Half of it came before the wire was cut: nothing moves now.
  ['saved', 150_000, '已存本机', 'saved'],
  ['sending', 0, '上传中', 'sending'],
  ['sending', 131_072, '上传中 43%', 'sending'],
  // All bytes are there, and are being verified.
  ['sending', 300_000, '上传中 100%', 'sending'],
  ['attention', 0, '没能上传', 'attention'],
  ['withRecord', 0, '等记录重新送出', 'attention'],
])('%s with %i bytes there reads %s', (state, sent, words, look) => {
  const mark = mountKit(MediaMark, { props: { waiting: { row, state, sent } } });
  expect(mark.text()).toBe(words);
  expect(mark.classes()).toContain(look);
  mark.unmount();
});
