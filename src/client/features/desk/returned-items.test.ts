// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GRID, mountOnPhone, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import fixtures from '../../../domain/mutation/fixtures/v1.json' with { type: 'json' };
import { HELD_SHOWN, type ReturnedEntry } from '../../../protocol/desk-messages.ts';
import ReturnedItems from './ReturnedItems.vue';

const entry = (n: number): ReturnedEntry => ({
  id: `h${n}`,
  space: `grid:${GRID}`,
  communityId: 'c1',
  mutation: 'ticket.log',
  args: { kind: 'issue', text: `第 ${n} 件` },
  isMasked: false,
  memberName: '陈晓',
  reason: 'revoked',
  isOnlyHere: true,
  at: 1,
  receivedAt: 2,
  returnedAt: 3,
});

let phone: TestPhone;
let page: VueWrapper;
let asked: string[];
let kept: ReturnedEntry[];
beforeEach(async () => {
  phone = await openPhone();
  asked = [];
  kept = Array.from({ length: HELD_SHOWN + 1 }, (_, n) => entry(n));
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path}`);
    if (init?.method === 'POST') return Promise.resolve(new Response(null, { status: 204 }));
    const from = kept.findIndex(({ id }) => id === new URL(path, 'http://x').searchParams.get('behind')) + 1;
    return Promise.resolve(Response.json(kept.slice(from, from + HELD_SHOWN)));
  });
  page = await mountOnPhone(phone, ReturnedItems, { after: 0 }, ['desk']);
});
afterEach(async () => {
  page.unmount();
  vi.unstubAllGlobals();
  await phone.engine.stop();
});

test('nothing is asked until somebody wants to see it, and then all of it can be reached', async () => {
  expect(asked).toEqual([]);
  await press(page, '退回过的');
  await flushPromises();
  expect(page.text()).toContain('第 0 件');
  expect(page.text()).not.toContain(`第 ${HELD_SHOWN} 件`);
  await press(page, '再看一些');
  await flushPromises();
  expect(page.text()).toContain(`第 ${HELD_SHOWN} 件`);
  expect(asked.at(-1)).toBe(`GET /api/held/returned?behind=h${HELD_SHOWN - 1}&at=3`);
});

test('what is taken up again leaves the list and is told to the page', async () => {
  await press(page, '退回过的');
  await flushPromises();
  await press(page, '重新拿出来');
  await flushPromises();
  expect(asked.at(-1)).toBe('POST /api/held/h0/reopen');
  expect(page.text()).not.toContain('第 0 件');
  expect(page.emitted('reopened')).toHaveLength(1);
});

test('what was sent back is shown with its photos, which stay as long as it can be taken up again', async () => {
  kept = [{ ...entry(0), mutation: 'ticket.addMedia', args: fixtures['ticket.addMedia'] }];
  await press(page, '退回过的');
  await flushPromises();
  const { media } = fixtures['ticket.addMedia'];
  expect(page.findAll('.gallery-photo')).toHaveLength(media.filter(({ kind }) => kind === 'photo').length);
  expect(page.text()).not.toContain('30 天');
});
