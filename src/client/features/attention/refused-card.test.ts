// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  mountOnPhone,
  openPhone,
  press,
  pressInSheet,
  GRID,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';
import { clashOnPhone, ticketOnPhone } from '../../../../tests/support/conflict-on-phone.ts';
import AttentionPage from './AttentionPage.vue';

let phone: TestPhone;
let page: VueWrapper;

beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  page.unmount();
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const buttons = (): string[] => page.findAll('article .actions > *').map((one) => one.text());
const edit = { id: ticketOnPhone, text: { from: '旧', to: '三楼堆了东西' } };
async function refused(code: Parameters<TestPhone['refuseAll']>[0]): Promise<void> {
  await phone.engine.save([{ space: `grid:${GRID}`, name: 'ticket.amend', v: 1, args: edit }]);
  await phone.refuseAll(code);
  page = await mountOnPhone(phone, AttentionPage, {});
}

test('[RC6] what its author may not do is handed to a coordinator, once, with its words', async () => {
  await refused('forbidden');
  expect(buttons()).toEqual(['交给协调员', '复制文字', '放到一边']);
  await press(page, '交给协调员');
  await pressInSheet('交给协调员');
  const [handed, before] = phone.engine.waiting();
  expect(handed).toMatchObject({ state: 'saved', row: { name: 'ticket.amend', args: edit, asideAt: null } });
  expect(before?.row.asideAt).not.toBeNull();
  expect(phone.engine.status().attention).toBe(0);
  expect(buttons()).toEqual(['复制文字']);
});

test('a step that came too late leads to its matter, as it stands now', async () => {
  await clashOnPhone(phone);
  await phone.engine.save([
    { space: `grid:${GRID}`, name: 'ticket.withdraw', v: 1, args: { id: ticketOnPhone, reason: '重复了' } },
  ]);
  await phone.arrive(
    [{ kind: 'ticket', id: ticketOnPhone, data: phone.engine.view.get(`grid:${GRID}`, 'ticket', ticketOnPhone)?.data }],
    `grid:${GRID}`,
  );
  await phone.refuseAll('state');
  page = await mountOnPhone(phone, AttentionPage, {});
  expect(buttons()).toContain('打开这件事');
  expect(page.findAll('article a').map((one) => one.attributes('href'))).toContain(
    `/door/ticket/${GRID}/${ticketOnPhone}`,
  );
});

test('a step is corrected on the card, a logged matter in its own form', async () => {
  await clashOnPhone(phone);
  await phone.refuseAll('invalid');
  page = await mountOnPhone(phone, AttentionPage, {});
  const again = page.findAll('article .actions > *').filter((one) => one.text() === '改好再提交');
  const [step, form] = [
    again.find((one) => one.element.tagName === 'BUTTON'),
    again.find((one) => one.element.tagName === 'A'),
  ];
  expect(form?.attributes('href')).toMatch(/^\/log\?again=/);
  await form?.trigger('click');
  await flushPromises();
  expect(document.querySelector('.sheet')).toBeNull();
  await step?.trigger('click');
  await flushPromises();
  expect(document.querySelector('.sheet textarea')).not.toBeNull();
});
