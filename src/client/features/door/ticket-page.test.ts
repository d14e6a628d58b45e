// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SaveRequest } from '../../../sync/engine-api.ts';
// Fetched before the clock of the first test runs.
import './TicketPage.vue';
import {
  BUILDING,
  GRID,
  openPhone,
  press,
  roomId,
  visitPage,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';
import { findDoor } from './door-order.ts';
import { emptyForm } from './log-form.ts';
import { logRequests, NOTHING_YET } from './log-requests.ts';
import { madeAfter } from './made-for-tests.ts';
import { placeInBuilding } from './place-of.ts';

const space = `grid:${GRID}`;
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ID = id(1);
let phone: TestPhone;

beforeEach(async () => {
  phone = await openPhone();
  const place = placeInBuilding(BUILDING, findDoor(BUILDING.data, roomId('101')) ?? {});
  const form = { ...emptyForm(place), item: 'LD01', text: '二楼堆了纸箱' };
  const catalogue = phone.engine.view.list({ space: 'office', kind: 'catalogue', index: 'all' })[0]?.data;
  const item = catalogue?.classes.flatMap(({ items }) => items).find(({ code }) => code === 'LD01');
  if (!item) throw new Error('no such item');
  const made = madeAfter(0);
  await phone.engine.save(
    logRequests({ form, place, item, itemVersion: 1, publish: false }, NOTHING_YET, made).requests,
  );
  await phone.engine.save([step('ticket.return', { reason: '请写清是哪一家的' })]);
});
afterEach(async () => {
  await phone.engine.stop();
});

const step = (name: string, args: object): SaveRequest => ({ space, name, v: 1, args: { id: ID, ...args } });
const ticket = () => phone.engine.view.get(space, 'ticket', ID)?.data;
const names = (): string[] => phone.engine.waiting().map(({ row }) => row.name);

test('a returned matter says why, and goes out again with its correction in one save', async () => {
  const { page } = await visitPage(phone, `/door/ticket/${GRID}/${ID}`);
  expect(page.text()).toContain('请写清是哪一家的');
  await page.get('textarea').setValue('二楼堆了纸箱，201 家的');
  await page.get('form').trigger('submit');
  await flushPromises();
  expect(ticket()).toMatchObject({ state: 'logged', text: '二楼堆了纸箱，201 家的' });
  const rows = phone.engine.waiting().slice(0, 2);
  expect(new Set(rows.map(({ row }) => row.saveId)).size).toBe(1);
  expect(rows.map(({ row }) => row.name).toSorted()).toEqual(['ticket.amend', 'ticket.resubmit']);
  page.unmount();
});

test('a correction that was begun before another one came names only what it changes itself', async () => {
  const { page } = await visitPage(phone, `/door/ticket/${GRID}/${ID}`);
  await page.get('input[role=switch]').setValue(true);
  await phone.engine.save([step('ticket.amend', { text: { from: '二楼堆了纸箱', to: '二楼堆了纸箱和自行车' } })]);
  await flushPromises();
  expect(page.get<HTMLInputElement>('input[role=switch]').element.checked).toBe(true);
  await page.get('form').trigger('submit');
  await flushPromises();
  expect(ticket()).toMatchObject({ state: 'logged', text: '二楼堆了纸箱和自行车', urgent: true });
  expect(phone.drafts.kept.size).toBe(0);
  page.unmount();
});

test('it stands on top of the list of places until then', async () => {
  const { page } = await visitPage(phone, '/door');
  expect(page.text()).toContain('有 1 件退回来，等你补充');
  page.unmount();
});

test('a matter is withdrawn only with a reason that the resident will read', async () => {
  const { page } = await visitPage(phone, `/door/ticket/${GRID}/${ID}`);
  await press(page, '撤回');
  const sheet = (): HTMLElement => document.querySelector<HTMLElement>('.sheet') ?? document.body;
  sheet().querySelector<HTMLElement>('.button.danger')?.click();
  await flushPromises();
  expect(sheet().textContent).toContain('请写一句为什么撤回');
  expect(names()).not.toContain('ticket.withdraw');
  const why = sheet().querySelector('textarea');
  if (!why) throw new Error('nowhere to write');
  why.value = '居民说已经清走了';
  why.dispatchEvent(new Event('input'));
  await flushPromises();
  sheet().querySelector<HTMLElement>('.button.danger')?.click();
  await flushPromises();
  expect(ticket()).toMatchObject({ state: 'withdrawn' });
  page.unmount();
});

test('a link that was made before the building moved leads to the matter in its grid of now', async () => {
  const { page, router } = await visitPage(phone, `/door/ticket/${id(900)}/${ID}`);
  await flushPromises();
  expect(router.currentRoute.value.path).toBe(`/door/ticket/${GRID}/${ID}`);
  expect(page.text()).toContain('请写清是哪一家的');
  page.unmount();
});

test('who corrects a matter twice does not meet the own words: the second begins with what the first has left', async () => {
  await phone.engine.save([step('ticket.resubmit', {})]);
  const { page } = await visitPage(phone, `/door/ticket/${GRID}/${ID}`);
  for (const text of ['二楼堆了纸箱，201 家的', '二楼堆了纸箱，202 家的']) {
    await press(page, '改内容');
    await page.get('textarea').setValue(text);
    // What is typed is kept before it is saved, as when the phone was put away.
    document.dispatchEvent(new Event('visibilitychange'));
    await flushPromises();
    expect(phone.drafts.kept.size).toBe(1);
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(phone.drafts.kept.size).toBe(0);
  }
  expect(ticket()?.text).toBe('二楼堆了纸箱，202 家的');
  expect(phone.engine.view.list({ space, kind: 'conflict', index: 'all' })).toEqual([]);
  page.unmount();
});

test('an untouched correction begins with what somebody else wrote meanwhile', async () => {
  const { page } = await visitPage(phone, `/door/ticket/${GRID}/${ID}`);
  await phone.engine.save([step('ticket.amend', { text: { from: '二楼堆了纸箱', to: '三楼堆了纸箱' } })]);
  await flushPromises();
  expect(page.get('textarea').element.value).toBe('三楼堆了纸箱');
  page.unmount();
});
