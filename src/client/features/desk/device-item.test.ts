// @vitest-environment jsdom
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { createMessages } from '../../../i18n/create-i18n.ts';
import type { DeviceEntry } from '../../../protocol/desk-messages.ts';
import DeviceItem from './DeviceItem.vue';

const entry = (over: Partial<DeviceEntry>): DeviceEntry => ({
  id: 'client-1',
  memberName: '范晓',
  device: 'Chrome, Android',
  build: 'test',
  unsent: 0,
  unsentMedia: 0,
  unsentSounds: 0,
  left: [],
  lastSeenAt: 1,
  drainedAt: null,
  state: 'active',
  handedIn: 0,
  mayUndo: false,
  current: false,
  ...over,
});

async function mounted(over: Partial<DeviceEntry>): Promise<VueWrapper> {
  const { i18n, loadRooms } = createMessages();
  await loadRooms(['desk']);
  const props = { device: entry(over), busy: false };
  return mount(DeviceItem, { props, global: { plugins: [i18n, createPinia()] } });
}
const textOf = async (over: Partial<DeviceEntry>): Promise<string> => (await mounted(over)).text();

test('a phone says what waits on it, photos and voice notes apart from records', async () => {
  expect(await textOf({ unsent: 3, unsentMedia: 7, unsentSounds: 2 })).toContain('3 条记录、5 张照片、2 段录音没传');
  expect(await textOf({ unsentMedia: 1 })).toContain('那时还有 1 张照片没传');
  expect(await textOf({})).toContain('没有没传的');
});

test('an ended phone on which something waits is not said to be empty', async () => {
  expect(await textOf({ state: 'ended', unsentMedia: 1 })).toContain('还没有交完');
  expect(await textOf({ state: 'ended' })).toContain('已清空');
});

test('a phone that has signed out with something that waits says how that can still come', async () => {
  expect(await textOf({ state: 'signedOut', device: null, unsent: 1 })).toContain('请本人在这部手机上重新登录');
  expect(await textOf({ state: 'signedOut', device: null })).not.toContain('重新登录');
});

test('a phone whose storage was cleared says what had waited on it and asks once', async () => {
  const left = { id: 'old', unsent: 2, unsentMedia: 1, unsentSounds: 0, lastSeenAt: 1, foundAt: 2 };
  const text = await textOf({ left: [left] });
  expect(text).toContain('存储被清空过，那时还有 2 条记录、1 张照片没传');
  expect(text).toContain('已问过本人，不再提醒');
  const item = await mounted({ left: [left] });
  await item.findAll('.left button').at(0)?.trigger('click');
  expect(item.emitted('aside')).toBeUndefined();
  item.unmount();
});
