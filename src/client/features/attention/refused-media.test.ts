// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clashOnPhone, ticketOnPhone } from '../../../../tests/support/conflict-on-phone.ts';
import {
  BUILDING,
  GRID,
  MEMBER,
  mountOnPhone,
  openPhone,
  roomId,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';
import { bytesOf } from '../../../../tests/support/photo-bytes.ts';
import { mediaOfBytes } from '../../../../tests/support/photo-phone.ts';
import { findItem } from '../../../domain/catalogue/find-item.ts';
import type { AddedMedia } from '../../../domain/photo/media-args.ts';
import { gridSpace, memberSpace, type SpaceId } from '../../../domain/space/space.ts';
import type { SaveRequest } from '../../../sync/engine-api.ts';
import { findDoor } from '../door/door-order.ts';
import { emptyForm } from '../door/log-form.ts';
import { logRequests, NOTHING_YET } from '../door/log-requests.ts';
import { madeAfter } from '../door/made-for-tests.ts';
import { placeInBuilding } from '../door/place-of.ts';
import AttentionPage from './AttentionPage.vue';

const STAIRS = bytesOf('stairs', 3000);
const SAID = bytesOf('said', 900, 'audio/webm');
let phone: TestPhone;
let page: VueWrapper;

beforeEach(async () => {
  let urls = 0;
  URL.createObjectURL = () => `blob:${(urls += 1)}`;
  URL.revokeObjectURL = () => undefined;
  phone = await openPhone();
});
afterEach(async () => {
  page.unmount();
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const FILES = [STAIRS, SAID].map(({ sha, type, bytes }) => ({ sha, type, bytes: Uint8Array.from(bytes).buffer }));
const TAKEN = [mediaOfBytes(STAIRS, 'before'), mediaOfBytes(SAID, 'before')];
const adding = (name: string, space: SpaceId, media: readonly AddedMedia[]): SaveRequest => ({
  ...{ space, name, v: 1, args: { id: ticketOnPhone, media } },
  media: FILES,
});
async function refuse(...requests: SaveRequest[]): Promise<void> {
  await phone.engine.save(requests);
  await phone.refuseAll('photosFull');
  page = await mountOnPhone(phone, AttentionPage, {});
  await vi.waitUntil(() => page.find('article img').exists());
}

test.each([
  ['ticket.addMedia', gridSpace(GRID)],
  ['claim.addMedia', memberSpace(MEMBER)],
])('a refused %s shows what it would have brought, from this phone, and each opens', async (name, space) => {
  await refuse(adding(name, space, TAKEN));
  expect(page.get('article img').attributes('src')).toMatch(/^blob:/);
  expect(page.get('article').text()).toContain('录音 12 秒');
  await page.get('.gallery-photo').trigger('click');
  await flushPromises();
  expect(document.querySelector('.viewer')?.textContent).toContain('第 1 张，共 1 张');
});

test('a refused matter shows what was taken for it in the same save, once', async () => {
  const place = placeInBuilding(BUILDING, findDoor(BUILDING.data, roomId('101')) ?? {});
  const catalogue = phone.engine.view.list({ space: 'office', kind: 'catalogue', index: 'all' })[0]?.data;
  const item = catalogue && findItem(catalogue, 'LD01');
  if (!item) throw new Error('no such item');
  const form = { ...emptyForm(place), item: 'LD01', text: '三楼堆了东西' };
  const taken = { media: TAKEN, files: FILES };
  const matter = { form, place, item, itemVersion: 1, publish: false, taken };
  await refuse(...logRequests(matter, NOTHING_YET, madeAfter(0)).requests);
  const cards = page.findAll('article').filter((one) => one.find('.gallery-photo').exists());
  expect(cards.map((one) => one.findAll('.gallery-photo img').length)).toEqual([1, 1]);
  expect(cards.map((one) => one.get('.kind').text())).toEqual(['没有记入', '没有记入']);
  expect(cards.some((one) => one.text().includes('三楼堆了东西'))).toBe(true);
});

test('a photo that was to be taken away is shown where it is here', async () => {
  await clashOnPhone(phone);
  await phone.engine.save([adding('ticket.addMedia', gridSpace(GRID), TAKEN)]);
  const data = phone.engine.view.get(gridSpace(GRID), 'ticket', ticketOnPhone)?.data;
  await phone.arrive([{ kind: 'ticket', id: ticketOnPhone, data }], gridSpace(GRID));
  const args = { id: ticketOnPhone, sha: STAIRS.sha };
  await refuse({ space: gridSpace(GRID), name: 'ticket.removeMedia', v: 1, args });
  const card = page.findAll('article').find((one) => one.text().includes('拿掉'));
  expect(card?.findAll('.gallery-photo img')).toHaveLength(1);
});
