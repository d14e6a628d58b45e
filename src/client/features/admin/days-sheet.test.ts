// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mountOnPhone, openPhone, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { hasOpenForm } from '../../composables/open-forms.ts';
import DaysSheet from './DaysSheet.vue';

const run = { mark: 'off', first: '2026-10-01', last: '2026-10-07' } as const;
let phone: TestPhone;

beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  document.body.innerHTML = '';
  await phone.engine.stop();
});

test('a stretch whose last day alone is being changed is an open form', async () => {
  const props = { open: false, table: { year: 2026, days: {} }, run, mark: 'off' };
  const page = await mountOnPhone(phone, DaysSheet, props, ['admin', 'term']);
  await page.setProps({ open: true });
  await flushPromises();
  expect(hasOpenForm.value).toBe(false);
  const last = [...document.querySelectorAll<HTMLInputElement>('input[type=date]')].at(-1);
  if (!last) throw new Error('no field for the last day');
  last.value = '2026-10-08';
  last.dispatchEvent(new Event('input'));
  await flushPromises();
  expect(hasOpenForm.value).toBe(true);
  page.unmount();
});
