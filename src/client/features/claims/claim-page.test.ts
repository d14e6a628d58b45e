// @vitest-environment jsdom
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, expect, test } from 'vitest';
import { COMMUNITY, GRID, MEMBER, mountOnPhone, openPhone, press } from '../../../../tests/support/door-phone.ts';
import type { ClaimView } from '../../../domain/claim/claim-view.ts';
import { photoArgs } from '../../../domain/photo/media-for-tests.ts';
import { memberSpace } from '../../../domain/space/space.ts';
import ClaimPage from './ClaimPage.vue';

let page: VueWrapper;
afterEach(() => page.unmount());

const taken = (count: number): NonNullable<ClaimView['media']> =>
  Array.from({ length: count }, (_, n) => ({
    ...photoArgs(`${n}`),
    byId: MEMBER,
    byName: '陈晓',
    byRole: 'claimer',
    forResident: false,
  }));

const claim = (photos: number): ClaimView => ({
  ticketId: 'ticket',
  cardId: 'card',
  gridId: GRID,
  communityId: COMMUNITY,
  kind: 'wish',
  item: 'SB01',
  itemVersion: 1,
  text: '想要一根拐杖',
  urgent: false,
  address: '凤凰苑 3幢 1单元 101',
  contact: null,
  state: 'active',
  claimedAt: 1,
  expiresAt: Date.now() + 1_000_000,
  outcome: null,
  result: '',
  media: taken(photos),
  notes: [],
  updatedAt: 1,
});

test('a claim that is still being read is not said to be gone', async () => {
  const phone = await openPhone();
  const { view } = phone.engine;
  let isHere = true;
  const engine = { ...phone.engine, view: { ...view, get: () => undefined, has: () => isHere } };
  page = await mountOnPhone({ ...phone, engine }, ClaimPage, { id: 'c1' }, ['claims']);
  expect([page.find('.skeleton').exists(), page.text().includes('没有找到这个认领')]).toEqual([true, false]);
  page.unmount();
  isHere = false;
  page = await mountOnPhone({ ...phone, engine }, ClaimPage, { id: 'c1' }, ['claims']);
  expect([page.find('.skeleton').exists(), page.text().includes('没有找到这个认领')]).toEqual([false, true]);
});

test.each([
  [4, '一共还能加 5 张'],
  [9, '照片满了，最多 9 张'],
])('whoever has brought %i photos of a claim is told how many more there may be', async (count, words) => {
  const phone = await openPhone();
  await phone.arrive([{ kind: 'claimView', id: 'c1', data: claim(count) }], memberSpace(MEMBER));
  page = await mountOnPhone(phone, ClaimPage, { id: 'c1' }, ['claims']);
  await press(page, '已实现');
  expect(document.querySelector('.sheet')?.textContent).toContain(words);
});
