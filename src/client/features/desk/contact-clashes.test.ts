// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GRID, mountOnPhone, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import type { Conflict } from '../../../domain/conflict/conflict.ts';
import ContactClashes from './ContactClashes.vue';
import TicketConflicts from './TicketConflicts.vue';
import type { Revealed } from './desk-api.ts';

const CLASH = '00000000-0000-7000-8000-000000000081';
const TICKET = '00000000-0000-7000-8000-000000000051';
const data: Conflict = {
  kind: 'contact',
  recordId: '00000000-0000-7000-8000-000000000054',
  field: 'note',
  from: '****',
  mine: '****',
  theirs: '****',
  passed: ['****'],
  offered: ['****'],
  authorId: 'somebody',
  authorName: '韩冬',
  at: 0,
  resolvedAt: null,
  resolution: null,
};
const clash = { id: CLASH, field: 'note', byName: '韩冬', standing: '四楼', mine: '五楼', late: ['五楼，门铃坏了'] };
const contact: Revealed = { name: '潘阿姨', phone: '19900001234', note: '四楼', clashes: [clash], showForMs: 60_000 };

let phone: TestPhone;
let page: VueWrapper;
const show = async (conflict: Conflict): Promise<void> => {
  await phone.arrive([{ kind: 'conflict', id: CLASH, data: conflict }], `grid:${GRID}`);
  page = await mountOnPhone(phone, ContactClashes, { gridId: GRID, ticketId: TICKET, contact }, ['desk']);
  await flushPromises();
};
beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  page.unmount();
  await phone.engine.stop();
});

test('what was kept beside a contact is read with it, and a text that came too late can be put in', async () => {
  await show(data);
  expect(page.text()).toContain('现在的四楼');
  expect(page.text()).toContain('韩冬改成的五楼');
  expect(page.text()).toContain('韩冬后来写的五楼，门铃坏了');
  await press(page, '用后来写的');
  await flushPromises();
  expect(phone.engine.waiting().map(({ row }) => [row.name, row.args])).toEqual([
    ['conflict.resolve', { id: CLASH, choose: 'edited', text: '五楼，门铃坏了', seen: { value: '****', turn: 1 } }],
  ]);
  expect(page.emitted('decided')).toHaveLength(1);
});

test('what is decided is read still, and there is nothing to press', async () => {
  await show({ ...data, resolvedAt: 5, resolution: 'theirs' });
  expect(page.text()).toContain('五楼，门铃坏了');
  expect(page.text()).toContain('已经定了');
  expect(page.findAll('button')).toEqual([]);
});

test('what has not come here yet is not said to be decided', async () => {
  page = await mountOnPhone(phone, ContactClashes, { gridId: GRID, ticketId: TICKET, contact }, ['desk']);
  await flushPromises();
  expect(page.text()).toContain('还没同步到这里');
  expect(page.text()).not.toContain('已经定了');
  expect(page.findAll('button')).toEqual([]);
});

test('a decision goes over what was shown, whatever came meanwhile', async () => {
  await show(data);
  await phone.arrive([{ kind: 'conflict', id: CLASH, data: { ...data, passed: ['****', '****'] } }], `grid:${GRID}`);
  await flushPromises();
  await press(page, '用后来写的');
  await flushPromises();
  expect(phone.engine.waiting().map(({ row }) => row.args)).toMatchObject([{ seen: { value: '****', turn: 1 } }]);
});

test('nobody decides over stars: above the contact there is nothing to press', async () => {
  await phone.arrive([{ kind: 'conflict', id: CLASH, data }], `grid:${GRID}`);
  const over = { gridId: GRID, ticketId: TICKET, contactId: data.recordId };
  page = await mountOnPhone(phone, TicketConflicts, over, ['desk']);
  await flushPromises();
  expect(page.text()).toContain('查看联系方式时');
  expect(page.findAll('button')).toEqual([]);
});
