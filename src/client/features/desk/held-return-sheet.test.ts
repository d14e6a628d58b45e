// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { createMessages } from '../../../i18n/create-i18n.ts';
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import HeldReturnSheet from './HeldReturnSheet.vue';

const entry = (isOnlyHere: boolean): HeldEntry => ({
  id: 'h1',
  space: 'grid:1',
  communityId: 'c1',
  mutation: 'ticket.log',
  args: {},
  isMasked: false,
  memberName: '陈晓',
  reason: 'noAccess',
  isOnlyHere,
  at: 1,
  receivedAt: 2,
});

test.each([
  [false, '内容还在其手机上'],
  [true, '退回以后本人读不到'],
])('what is held says who still has its words before it is sent back: only here? %s', async (isOnlyHere, said) => {
  const { i18n, loadRooms } = createMessages();
  await loadRooms(['desk']);
  const props = { entry: entry(isOnlyHere), open: false };
  const page = mount(HeldReturnSheet, {
    attachTo: document.body,
    props,
    global: { plugins: [i18n, createPinia()] },
  });
  await page.setProps({ open: true });
  await flushPromises();
  expect(document.querySelector('.sheet')?.textContent).toContain(said);
  page.unmount();
  document.body.innerHTML = '';
});
