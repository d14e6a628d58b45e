// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { expect, test, vi } from 'vitest';
import { clashOnPhone, ticketOnPhone, writeOver } from '../../../../tests/support/conflict-on-phone.ts';
import { GRID, mountOnPhone, openPhone } from '../../../../tests/support/door-phone.ts';
import { clockRulesOf } from '../../../domain/term/clock.ts';
import TicketDetail from './TicketDetail.vue';

const props = { gridId: GRID, id: ticketOnPhone, rules: clockRulesOf(undefined, []), headed: true };

test('a matter that is still being read is not told to be gone', async () => {
  const phone = await openPhone();
  await clashOnPhone(phone);
  const reading = vi.spyOn(phone.engine.view, 'get').mockReturnValue(undefined);
  const page = await mountOnPhone(phone, TicketDetail, props, ['desk']);
  expect(page.find('.skeleton').exists()).toBe(true);
  expect(page.find('.empty').exists()).toBe(false);

  reading.mockRestore();
  await writeOver(phone, '二楼什么也没堆');
  await flushPromises();
  expect(page.find('.skeleton').exists()).toBe(false);
  expect(page.text()).toContain('二楼什么也没堆');
  page.unmount();
  await phone.engine.stop();
});

test('one that is not here is told to be gone', async () => {
  const phone = await openPhone();
  const page = await mountOnPhone(phone, TicketDetail, props, ['desk']);
  expect(page.find('.empty').exists()).toBe(true);
  expect(page.find('.skeleton').exists()).toBe(false);
  page.unmount();
  await phone.engine.stop();
});
