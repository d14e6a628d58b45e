// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { expect, test } from 'vitest';
import { BUILDING, COMMUNITY, mountOnPhone, openPhone } from '../../../../tests/support/door-phone.ts';
import { communitySpace } from '../../../domain/space/space.ts';
import LeftOutNote from '../../components/LeftOutNote.vue';
import CarriedPage from './CarriedPage.vue';

test('what a device leaves out is said above its lists, and comes along again by one switch', async () => {
  const phone = await openPhone();
  const held = () => phone.engine.view.get(communitySpace(COMMUNITY), 'building', BUILDING.id);
  const page = await mountOnPhone(phone, CarriedPage, {});
  const note = await mountOnPhone(phone, LeftOutNote, {});
  const toggle = () => page.get<HTMLInputElement>('input[role=switch]').element;
  expect(page.text()).toContain('清泰门社区');
  expect([toggle().checked, toggle().disabled, note.text()]).toEqual([true, true, '']);
  expect(held()).toBeDefined();

  await phone.engine.leaveOut([COMMUNITY]);
  await flushPromises();
  expect([toggle().checked, toggle().disabled]).toEqual([false, false]);
  expect(note.text()).toBe('这台设备没带 1 个社区，这里看不到它们的');
  expect(held()).toBeUndefined();

  await page.get('input[role=switch]').setValue(true);
  await flushPromises();
  expect(phone.engine.leftOut()).toEqual([]);
  expect(note.text()).toBe('');
  page.unmount();
  note.unmount();
  await phone.engine.stop();
});
