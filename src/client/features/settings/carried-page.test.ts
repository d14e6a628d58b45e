// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { expect, test } from 'vitest';
import {
  BUILDING,
  COMMUNITY,
  GRID,
  MEMBER,
  mountOnPhone,
  openPhone,
  pressInSheet,
} from '../../../../tests/support/door-phone.ts';
import type { Conflict } from '../../../domain/conflict/conflict.ts';
import { communitySpace, gridSpace } from '../../../domain/space/space.ts';
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

test('[RC5] to leave out a community in which something is to be decided is asked first, and can be taken back', async () => {
  const phone = await openPhone();
  const space = gridSpace(GRID);
  const conflict = {
    ...{ kind: 'ticket', recordId: 't', field: 'text', from: '一处', mine: '三处', theirs: '两处', at: 0 },
    ...{ authorId: MEMBER, authorName: '陈晓', resolvedAt: null, resolution: null },
  } satisfies Conflict;
  await phone.arrive([{ kind: 'conflict', id: 'c', data: conflict }], space);
  await phone.arrive([{ kind: 'conflict', id: 'd', data: { ...conflict, authorId: 'other' } }], space);
  await phone.engine.leaveOut([]);
  const page = await mountOnPhone(phone, CarriedPage, {});
  const toggle = () => page.get<HTMLInputElement>('input[role=switch]');
  // As of a coordinator, who may leave it out.
  toggle().element.disabled = false;

  await toggle().setValue(false);
  expect(document.querySelector('.sheet')?.textContent).toContain('那里有 1 处，你和别人都改了');
  expect(phone.engine.leftOut()).toEqual([]);
  await pressInSheet('取消');
  expect([phone.engine.leftOut(), toggle().element.checked]).toEqual([[], true]);

  await toggle().setValue(false);
  await pressInSheet('先不带它');
  expect([phone.engine.leftOut(), toggle().element.checked]).toEqual([[COMMUNITY], false]);
  page.unmount();
  document.body.innerHTML = '';
  await phone.engine.stop();
});
