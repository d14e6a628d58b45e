// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import AppButton from './AppButton.vue';

test('a busy button takes no second tap, says so, and keeps the focus', async () => {
  const button = mountKit(AppButton, { props: { busy: true }, slots: { default: '保存' } });
  button.element.focus();

  await button.trigger('click');

  expect(button.emitted('click')).toBeUndefined();
  expect(button.attributes('aria-busy')).toBe('true');
  expect(document.activeElement).toBe(button.element);
});

test('a busy submit button does not submit its form again', async () => {
  const button = mountKit(AppButton, { props: { busy: true, type: 'submit' } });
  const event = new MouseEvent('click', { cancelable: true, bubbles: true });

  button.element.dispatchEvent(event);

  expect(event.defaultPrevented).toBe(true);
});

test('with an address it is a link, unless it is disabled', () => {
  expect(mountKit(AppButton, { props: { to: '/wall' } }).element.tagName).toBe('A');
  expect(mountKit(AppButton, { props: { to: '/wall', disabled: true } }).element.tagName).toBe('BUTTON');
});
