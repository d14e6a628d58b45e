// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { mountOnPhone, openPhone } from '../../../../tests/support/door-phone.ts';
import RecordsPage from './RecordsPage.vue';

test('photos that came from a file without their record are told, though no record lies here', async () => {
  const phone = await openPhone();
  const page = await mountOnPhone(phone, RecordsPage, {});
  expect(page.text()).toContain('还没有记录');
  expect(page.text()).not.toContain('待上传');
  const media = [{ sha: 'a'.repeat(64), type: 'image/jpeg', mids: ['of another phone'], at: 10, base64: 'QUFB' }];
  await phone.engine.recover({ exportedAt: 20, build: 'test', member: { id: 'm', name: '' }, records: [], media });
  await page.vm.$nextTick();
  expect(page.text()).toContain('1 张照片待上传，共 1 KB');
  page.unmount();
  await phone.engine.stop();
});
