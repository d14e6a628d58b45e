// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mediaOf } from '../../../domain/photo/media-of.ts';
import { bytesOf, type Bytes } from '../../../../tests/support/photo-bytes.ts';
import { mediaOfBytes } from '../../../../tests/support/photo-phone.ts';
import {
  GRID,
  openPhone,
  press,
  pressInSheet,
  roomId,
  visitPage,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';
import type { TakenMedia } from '../../photos/taken-media.ts';
// Fetched before the clock of the first test runs.
import './LogPage.vue';
import './SlipPage.vue';
import './TicketPage.vue';

const PHOTO = bytesOf('stairs', 3000);
const SMALL = bytesOf('stairs, small', 900);
let phone: TestPhone;

beforeEach(async () => {
  // Not in jsdom.
  window.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  let urls = 0;
  URL.createObjectURL = () => `blob:${(urls += 1)}`;
  URL.revokeObjectURL = () => undefined;
  phone = await openPhone();
});
afterEach(async () => {
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const fileOf = ({ sha, type, bytes }: Bytes) => ({ sha, type, bytes: Uint8Array.from(bytes).buffer });

/** As a tab left it that was killed after the photo was taken. */
async function leaveTaken(key: string): Promise<void> {
  const taken: TakenMedia = { media: mediaOfBytes(PHOTO, 'logged', SMALL), files: [fileOf(SMALL), fileOf(PHOTO)] };
  await phone.drafts.put(`media/${key}/${PHOTO.sha}`, taken);
}

async function beginMatter(): Promise<Awaited<ReturnType<typeof visitPage>>> {
  const visit = await visitPage(phone, `/log?room=${roomId('101')}`);
  await visit.page.get('input[type=search]').setValue('声控灯坏了');
  await visit.page.get('.items button').trigger('click');
  await flushPromises();
  return visit;
}

const thumbs = (page: { findAll(what: string): unknown[] }): number => page.findAll('.taken-photo img').length;
const saved = () => phone.engine.view.list({ space: `grid:${GRID}`, kind: 'ticket', index: 'all' })[0];

async function saveMatter(): Promise<void> {
  const { page, router } = await beginMatter();
  await press(page, '居民口头同意，保存');
  await vi.waitUntil(() => router.currentRoute.value.path !== '/log');
  page.unmount();
}

test('a photo that a killed tab had taken is there again, goes into the same save with its bytes, and leaves the drafts', async () => {
  await leaveTaken('log');
  const { page, router } = await beginMatter();
  expect(thumbs(page)).toBe(1);
  await press(page, '居民口头同意，保存');
  await vi.waitUntil(() => router.currentRoute.value.path !== '/log');
  const rows = phone.engine.waiting().map(({ row }) => row);
  expect(new Set(rows.map(({ saveId }) => saveId)).size).toBe(1);
  expect(rows.map(({ name }) => name)).toContain('ticket.addMedia');
  expect(mediaOf(saved()!.data).map(({ sha }) => sha)).toEqual([PHOTO.sha]);
  const bytes = await phone.engine.media.bytes(PHOTO.sha);
  expect(bytes && Buffer.from(bytes).equals(PHOTO.bytes)).toBe(true);
  expect(phone.engine.status().media).toMatchObject({ waiting: 1, bytes: 3900 });
  expect(phone.drafts.kept.size).toBe(0);
  page.unmount();
});

test('a full phone saves neither matter nor photo, and keeps the photo in the form', async () => {
  await leaveTaken('log');
  phone.full.value = true;
  const { page } = await beginMatter();
  await press(page, '居民口头同意，保存');
  expect(phone.engine.waiting()).toEqual([]);
  expect(phone.engine.media.list()).toEqual([]);
  expect(thumbs(page)).toBe(1);
  page.unmount();
});

test('a photo that was taken away goes with nothing', async () => {
  await leaveTaken('log');
  const { page } = await beginMatter();
  await page.get('.taken-remove').trigger('click');
  await flushPromises();
  expect(thumbs(page)).toBe(0);
  expect([...phone.drafts.kept.keys()].filter((key) => key.startsWith('media/'))).toEqual([]);
  page.unmount();
});

test('whoever takes no photo saves as before', async () => {
  await saveMatter();
  expect(phone.engine.waiting().map(({ row }) => row.name)).not.toContain('ticket.addMedia');
});

test('a refused matter opens with its photo, and sends it again with itself', async () => {
  await leaveTaken('log');
  await saveMatter();
  await phone.refuseAll('forbidden');
  expect(phone.engine.media.list()).toMatchObject([{ state: 'withRecord' }, { state: 'withRecord' }]);
  const refused = phone.engine.waiting().find(({ row }) => row.name === 'ticket.log')!;
  const { page, router } = await visitPage(phone, `/log?again=${refused.row.mid}`);
  await vi.waitUntil(() => thumbs(page) === 1);
  await press(page, '居民口头同意，保存');
  await vi.waitUntil(() => router.currentRoute.value.path !== '/log');
  await flushPromises();
  expect(phone.engine.media.list()).toMatchObject([{ state: 'saved' }, { state: 'saved' }]);
  const standing = phone.engine.waiting().filter(({ state, row }) => state === 'attention' && row.asideAt === null);
  expect(standing).toEqual([]);
  page.unmount();
});

test('[RV1] a refused matter that is open when the drafts are forgotten begins anew with its photo, and loses none', async () => {
  await leaveTaken('log');
  await saveMatter();
  await phone.refuseAll('forbidden');
  const refused = phone.engine.waiting().find(({ row }) => row.name === 'ticket.log')!;
  const { page, router } = await visitPage(phone, `/log?again=${refused.row.mid}`);
  await vi.waitUntil(() => thumbs(page) === 1);
  await phone.drafts.forget(null);
  await flushPromises();
  expect(thumbs(page)).toBe(1);
  expect(page.text()).toContain('它没能存到手机里');
  await press(page, '居民口头同意，保存');
  await vi.waitUntil(() => router.currentRoute.value.path !== '/log');
  await flushPromises();
  expect(phone.engine.media.list()).toMatchObject([{ state: 'saved' }, { state: 'saved' }]);
  page.unmount();
});

test('a photo of a refused matter that cannot be read goes on standing among what needs a look', async () => {
  await leaveTaken('log');
  await saveMatter();
  await phone.refuseAll('forbidden');
  const refused = phone.engine.waiting().find(({ row }) => row.name === 'ticket.log')!;
  phone.engine.media.bytes = () => Promise.reject(new Error('the disk is busy'));
  const { page, router } = await visitPage(phone, `/log?again=${refused.row.mid}`);
  await press(page, '居民口头同意，保存');
  await vi.waitUntil(() => router.currentRoute.value.path !== '/log');
  await flushPromises();
  const standing = phone.engine.waiting().filter(({ state, row }) => state === 'attention' && row.asideAt === null);
  expect(standing.map(({ row }) => row.name)).toEqual(['ticket.addMedia']);
  page.unmount();
});

test('the matter’s page shows the photo from this phone, marked as waiting, and its author takes it away', async () => {
  await leaveTaken('log');
  await saveMatter();
  const { page } = await visitPage(phone, `/door/ticket/${GRID}/${saved()!.id}`);
  await vi.waitUntil(() => page.find('.gallery-photo img').exists());
  expect(page.get('.gallery-photo img').attributes('src')).toMatch(/^blob:/);
  expect(page.get('.gallery').text()).toContain('已存本机');
  await page.get('.gallery-photo').trigger('click');
  await flushPromises();
  const viewer = document.querySelector('.viewer');
  expect(viewer?.textContent).toContain('第 1 张，共 1 张');
  const remove = [...document.querySelectorAll<HTMLButtonElement>('.viewer button')].find((one) =>
    one.textContent.includes('拿掉这张'),
  );
  remove?.click();
  await flushPromises();
  await pressInSheet('拿掉这张');
  await vi.waitUntil(() => mediaOf(saved()!.data).length === 0);
  page.unmount();
});
