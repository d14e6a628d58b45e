// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import AppTabs from './AppTabs.vue';
import CellLink from './CellLink.vue';
import StateTag from './StateTag.vue';

test('a line that leads somewhere is a link, one that does something is a button, one that tells is neither', () => {
  expect(
    mountKit(CellLink, { props: { title: '消息', to: '/notices' } })
      .find('a')
      .exists(),
  ).toBe(true);
  expect(
    mountKit(CellLink, { props: { title: '导出', onChoose: () => undefined } })
      .find('button')
      .exists(),
  ).toBe(true);
  expect(
    mountKit(CellLink, { props: { title: '版本' } })
      .find('a, button')
      .exists(),
  ).toBe(false);
});

test('choosing a line tells whoever listens', async () => {
  const chosen = vi.fn();

  await mountKit(CellLink, { props: { title: '导出', onChoose: chosen } })
    .get('button')
    .trigger('click');

  expect(chosen).toHaveBeenCalledOnce();
});

test('the red dot is told to the ear too', () => {
  expect(mountKit(CellLink, { props: { title: '消息', to: '/notices', dot: true } }).text()).toContain('有新内容');
});

test('tabs say which of them is shown, and choosing one tells', async () => {
  const tabs = mountKit(AppTabs, {
    props: {
      label: '队列',
      modelValue: 'new',
      tabs: [
        { value: 'new', label: '待受理', count: 3 },
        { value: 'open', label: '在办' },
      ],
    },
    slots: { new: '三件', open: '没有' },
  });
  const [first, second] = tabs.findAll('[role=tab]');

  expect(tabs.get('[role=tablist]').attributes('aria-label')).toBe('队列');
  expect(first?.attributes('aria-selected')).toBe('true');
  expect(tabs.get('[role=tabpanel]').text()).toBe('三件');

  await second?.trigger('mousedown', { button: 0 });

  expect(tabs.emitted('update:modelValue')).toEqual([['open']]);
});

test.each([
  [{ kind: 'wish', state: 'closed', outcome: 'solved' }, '已实现'],
  [{ kind: 'issue', state: 'closed', outcome: 'solved' }, '已办结'],
  [{ kind: 'issue', state: 'closed', outcome: 'partlySolved' }, '部分解决'],
  [{ kind: 'issue', state: 'resolved', outcome: 'solved' }, '待核实'],
])('a state is told by a word and a symbol: %o', (ticket, words) => {
  const tag = mountKit(StateTag, { props: { ticket } });

  expect(tag.text()).toBe(words);
  expect(tag.find('svg').exists()).toBe(true);
});
