// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { mountOnPhone, openPhone } from '../../../tests/support/door-phone.ts';
import MediaImage from '../components/media/MediaImage.vue';

afterEach(() => vi.restoreAllMocks());

const sha = 'a'.repeat(64);

async function sourceOver(bytes: () => Promise<ArrayBuffer | null>): Promise<string | undefined> {
  URL.createObjectURL = () => 'blob:here';
  const phone = await openPhone();
  vi.spyOn(phone.engine.media, 'bytes').mockImplementation(bytes);
  const page = await mountOnPhone(phone, MediaImage, { sha, type: 'image/jpeg', alt: '' });
  await flushPromises();
  const source = page.find('img').attributes('src');
  page.unmount();
  await phone.engine.stop();
  return source;
}

test('a photo that was brought is shown from this phone as long as its bytes lie here', async () => {
  expect(await sourceOver(() => Promise.resolve(new ArrayBuffer(2)))).toBe('blob:here');
});

test('one whose bytes do not lie here, or cannot be read, is shown from the server', async () => {
  expect(await sourceOver(() => Promise.resolve(null))).toBe(`/api/photos/${sha}`);
  expect(await sourceOver(() => Promise.reject(new Error('no blob')))).toBe(`/api/photos/${sha}`);
});
