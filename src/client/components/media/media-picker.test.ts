// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { mountOnPhone, openPhone, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { photoArgs, soundArgs } from '../../../domain/photo/media-for-tests.ts';
import type { AddedMedia } from '../../../domain/photo/media-args.ts';
import { roomLeft, type Hand } from '../../../domain/photo/media-room.ts';
import type { MediaRef } from '../../../domain/photo/media.ts';
import { usePhotoPair, type PhotoPair } from '../../composables/use-photo-pair.ts';
import { useTakenMedia } from '../../composables/use-taken-media.ts';
import { ticketWith } from '../../features/desk/ticket-for-tests.ts';
import AddMediaSheet from './AddMediaSheet.vue';
import MediaPicker from './MediaPicker.vue';
import PairPicker from './PairPicker.vue';

/** No canvas in jsdom: each photo is drawn as bytes of its own. */
const drawn = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../photos/prepare-photo.ts', () => ({
  preparePhoto: () => {
    const bytes = new TextEncoder().encode(`photo ${(drawn.count += 1)}`).buffer;
    return Promise.resolve({ bytes, thumb: bytes, width: 4, height: 3 });
  },
}));
URL.createObjectURL = () => 'blob:1';
URL.revokeObjectURL = () => undefined;

let page: VueWrapper;
afterEach(() => page.unmount());

const by = (byRole: Hand) => ({ byId: byRole, byName: '范晓', byRole, forResident: false });
const there = (count: number, byRole: Hand): MediaRef[] =>
  Array.from({ length: count }, (_, n) => ({ ...photoArgs(`${byRole} ${n}`), ...by(byRole) }));
const files = (count: number): File[] => Array.from({ length: count }, (_, n) => new File([], `${n}.jpg`));

async function openPair(media: readonly MediaRef[], hand: Hand, phone?: TestPhone): Promise<PhotoPair> {
  let pair!: PhotoPair;
  const sheet = defineComponent(() => {
    pair = usePhotoPair(() => 'step', {
      strip: () => [],
      room: (coming) => roomLeft(media, coming, hand),
    });
    return () => h(PairPicker, { pair });
  });
  page = await mountOnPhone(phone ?? (await openPhone()), sheet, {});
  return pair;
}
const labels = (): string[] => page.findAll('.media-button').map((one) => one.text());
const isOff = (words: string): boolean[] =>
  page
    .findAll('.media-button')
    .filter((one) => one.text() === words)
    .map((one) => one.attributes('aria-disabled') === 'true');

test('two pickers of a form share what is left beside that which is there by the same hand, and say it', async () => {
  const pair = await openPair([...there(4, 'volunteer'), ...there(3, 'claimer')], 'coordinator');
  expect(page.text()).toContain('一共还能加 5 张');
  await pair.before.addPhotos(files(3), null);
  await flushPromises();
  expect(page.text()).toContain('一共还能加 2 张');
  await pair.after.addPhotos(files(4), null);
  await flushPromises();
  expect([pair.before.args.value.length, pair.after.args.value.length]).toEqual([3, 2]);
  expect(page.text()).toContain('多出来的没有加上');
  expect(labels()).toEqual(['照片满了，最多 9 张', '照片满了，最多 9 张']);
  expect(page.text()).toContain('一共 9 张，已经加满了');
  expect(isOff('照片满了，最多 9 张')).toEqual([true, true]);
  await pair.before.remove(pair.before.args.value[0]!.sha);
  await flushPromises();
  expect(labels()).toEqual(['拍照片', '从相册选', '拍照片', '从相册选']);
});

test('a claimer is counted apart from those of the grid', async () => {
  await openPair([...there(9, 'volunteer'), ...there(2, 'claimer')], 'claimer');
  expect(page.text()).toContain('一共还能加 7 张');
});

test('whoever was filled up by others meanwhile is told how many are too many', async () => {
  const phone = await openPhone();
  for (const one of [photoArgs('one'), photoArgs('two')]) {
    await phone.drafts.put(`media/step/before/${one.sha}`, { media: { ...one, stage: 'before' }, files: [] });
  }
  await openPair(there(8, 'volunteer'), 'volunteer', phone);
  expect(page.findAll('.media-fault').map((one) => one.text())).toEqual(['照片多了 1 张，请先拿掉 1 张再保存。']);
});

test('where voice notes are full the button says so and records nothing', async () => {
  const coming: AddedMedia[] = ['a', 'b', 'c'].map(soundArgs);
  const sounds = coming.map((one) => ({ ...one, ...by('volunteer') }));
  const sheet = defineComponent(() => {
    const form = useTakenMedia(() => 'one', 'logged', { room: (more) => roomLeft(sounds, more, 'volunteer') });
    return () => h(MediaPicker, { form, sound: true });
  });
  page = await mountOnPhone(await openPhone(), sheet, {});
  expect(page.find('.media-hint').text()).toBe('可以不加。还能加 9 张照片，会去掉照片里的拍摄地点');
  expect(isOff('录音满了，最多 3 段')).toEqual([true]);
  await page.findAll('.media-button').at(-1)?.trigger('click');
  await flushPromises();
  expect(document.querySelector('.sheet')).toBeNull();
});

test('what is full is not offered: photos, or everything', async () => {
  const ticket = ticketWith({ media: there(9, 'volunteer') });
  const hint = (): string => document.querySelector('.sheet .media-hint')?.textContent ?? '';
  page = await mountOnPhone(await openPhone(), AddMediaSheet, { id: 't1', ticket, open: true });
  expect(hint()).toBe('可以不加。还能加 3 段录音');
  const sounds = ['a', 'b', 'c'].map((name) => ({ ...soundArgs(name), ...by('volunteer') }));
  await page.setProps({ ticket: ticketWith({ media: [...there(9, 'volunteer'), ...sounds] }) });
  expect(hint()).toBe('照片和录音都加满了');
});

test('more photos for a matter are counted with those that it has', async () => {
  const ticket = ticketWith({ media: there(8, 'volunteer') });
  page = await mountOnPhone(await openPhone(), AddMediaSheet, { id: 't1', ticket, open: true });
  expect(document.querySelector('.sheet')?.textContent).toContain('还能加 1 张照片、3 段录音');
});
