// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GRID, MEMBER, mountOnPhone, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { clashOnPhone, decideOnPhone, SEEN, ticketOnPhone } from '../../../../tests/support/conflict-on-phone.ts';
import type { Conflict } from '../../../domain/conflict/conflict.ts';
import TicketConflicts from '../desk/TicketConflicts.vue';
import AttentionPage from './AttentionPage.vue';
import ConflictCard from './ConflictCard.vue';

let phone: TestPhone;
let page: VueWrapper | undefined;
let id: string;

beforeEach(async () => {
  phone = await openPhone();
  id = await clashOnPhone(phone);
});
afterEach(async () => {
  page?.unmount();
  page = undefined;
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const field = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>('.sheet textarea');
async function openSheet(): Promise<VueWrapper> {
  page = await mountOnPhone(phone, AttentionPage, {});
  await press(page, '改一改再发');
  return page;
}

test('a third text begins with the own words', async () => {
  await openSheet();
  expect(field()?.value).toBe('二楼堆了自行车');
});

test('a third text that came too late is read on the card and at the desk, and the next one begins with it', async () => {
  await decideOnPhone(phone, id, { choose: 'edited', text: '二楼什么都堆', seen: { ...SEEN, value: '从前的' } });
  expect((await openSheet()).text()).toContain('你上次写的是“二楼什么都堆”');
  expect(field()?.value).toBe('二楼什么都堆');
  page?.unmount();
  page = await mountOnPhone(phone, TicketConflicts, { gridId: GRID, ticketId: ticketOnPhone, contactId: null }, [
    'desk',
  ]);
  expect(page.text()).toContain('陈晓后来写的二楼什么都堆');
});

test('of a contact nothing is said of a text that came too late: it is stars here', async () => {
  const data: Conflict = {
    kind: 'contact',
    recordId: 'c',
    field: 'note',
    from: '****',
    mine: '****',
    theirs: '****',
    offered: ['****'],
    authorId: MEMBER,
    authorName: '陈晓',
    at: 0,
    resolvedAt: null,
    resolution: null,
  };
  const conflict = { space: `grid:${GRID}`, kind: 'conflict', id, data, pending: false };
  page = await mountOnPhone(phone, ConflictCard, { conflict });
  expect(page.text()).not.toContain('你上次写的');
  await press(page, '改一改再发');
  await flushPromises();
  expect(field()?.value).toBe('');
});
