// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { clashOnPhone, ticketOnPhone } from '../../../../tests/support/conflict-on-phone.ts';
import { GRID, openPhone, visitPage } from '../../../../tests/support/door-phone.ts';
import { madeAfter } from './made-for-tests.ts';
// Fetched before the clock of the first test runs.
import './SlipPage.vue';
import './TicketPage.vue';

test.each([
  ['ticket', `/door/ticket/${GRID}/${ticketOnPhone}`],
  ['slip', `/slip/${GRID}/${madeAfter(0).slip}`],
])('the page of a %s that is still being read does not say that it is gone', async (kind, path) => {
  const phone = await openPhone();
  await clashOnPhone(phone);
  const { view } = phone.engine;
  const get = view.get.bind(view);
  vi.spyOn(view, 'get').mockImplementation((space, of, id) => (of === kind ? undefined : get(space, of, id)));
  const { page } = await visitPage(phone, path);
  expect(page.find('.skeleton').exists()).toBe(true);
  expect(page.find('.empty').exists()).toBe(false);
  page.unmount();
  await phone.engine.stop();
});
