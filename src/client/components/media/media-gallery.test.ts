// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { expect, test } from 'vitest';
import { mountOnPhone, openPhone } from '../../../../tests/support/door-phone.ts';
import { photoArgs, shaOf } from '../../../domain/photo/media-for-tests.ts';
import type { PhotoRef } from '../../../domain/photo/media.ts';
import MediaGallery from './MediaGallery.vue';

const hand = (byName: string) => ({ byId: byName, byName, byRole: 'volunteer' as const });
const PHOTO: PhotoRef = { ...photoArgs('one'), ...hand('范晓'), forResident: false };

test('a photo is shown small, whole where its thumbnail is nowhere, and else told to be lost', async () => {
  const page = await mountOnPhone(await openPhone(), MediaGallery, { media: [PHOTO] });
  const source = () => page.find('.gallery-photo img').attributes('src');
  expect(source()).toBe(`/api/photos/${shaOf('thumb one')}`);
  await page.get('.gallery-photo img').trigger('error');
  await flushPromises();
  expect(source()).toBe(`/api/photos/${shaOf('one')}`);
  await page.get('.gallery-photo img').trigger('error');
  expect(page.find('.gallery-photo img').exists()).toBe(false);
  expect(page.get('.media-lost').attributes('aria-label')).toContain('范晓');
});

test('what two took bears both names', async () => {
  const both = { ...PHOTO, alsoBy: [{ ...hand('彭博'), stage: 'logged', takenAt: 0, thumb: null }] };
  const page = await mountOnPhone(await openPhone(), MediaGallery, { media: [both] });
  expect(page.get('.gallery-photo img').attributes('alt')).toBe('第 1 张照片，范晓、彭博拍');
});
