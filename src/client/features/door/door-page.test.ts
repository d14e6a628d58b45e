// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
// Fetched before the clock of the first test runs.
import './BuildingPage.vue';
import './DoorPage.vue';
import { useNow } from '../../composables/use-now.ts';
import {
  BUILDING,
  GRID,
  openPhone,
  press,
  roomId,
  visitPage,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';

let phone: TestPhone;
beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  vi.useRealTimers();
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const door = (room: string): string => `/door/${BUILDING.id}/${roomId(room)}`;
const visits = () =>
  phone.engine.view.list({ space: `grid:${GRID}`, kind: 'visit', index: 'all' }).map(({ data }) => data);

test('one tap says that nobody was home, one more leads to the neighbour', async () => {
  const { page, router } = await visitPage(phone, door('101'));
  await press(page, '不在家');
  expect(visits()).toMatchObject([{ outcome: 'notHome', place: { label: '凤凰苑 3幢 1单元 101' } }]);
  expect(page.text()).toContain('已存本机');
  await press(page, '下一户 102');
  expect(router.currentRoute.value.path).toBe(door('102'));
  page.unmount();
});

test('the walk passes doors of today and ends at the chart', async () => {
  const first = await visitPage(phone, door('202'));
  await press(first.page, '拒访');
  expect(first.page.text()).toContain('回楼栋表');
  first.page.unmount();
  const { page } = await visitPage(phone, door('201'));
  await press(page, '见到');
  expect(page.text()).toContain('回楼栋表');
  expect(page.text()).toContain('记一件');
  page.unmount();
});

test('a full phone says that the visit is not saved, and asks again', async () => {
  phone.full.value = true;
  const { page } = await visitPage(phone, door('101'));
  await press(page, '见到');
  expect(page.text()).toContain('没有存上');
  expect(visits()).toEqual([]);
  expect(page.text()).toContain('不在家');
  page.unmount();
});

test('what was begun at one door is not carried to the next', async () => {
  for (const [room, outcome] of [
    ['102', '不在家'],
    ['101', '拒访'],
  ] as const) {
    const before = await visitPage(phone, door(room));
    await press(before.page, outcome);
    before.page.unmount();
  }
  const { page, router } = await visitPage(phone, door('101'));
  await press(page, '再记一次');
  phone.full.value = true;
  await press(page, '见到');
  expect(page.text()).toContain('没有存上');
  await router.replace(door('102'));
  await flushPromises();
  expect(page.text()).toContain('102');
  expect(page.text()).not.toContain('没有存上');
  expect(page.text()).toContain('再记一次');
  page.unmount();
});

test('the chart says of each door how it stands, in words', async () => {
  const before = await visitPage(phone, door('101'));
  await press(before.page, '不在家');
  before.page.unmount();
  const { page } = await visitPage(phone, `/door/${BUILDING.id}`);
  const said = page.findAll('.door').map((one) => one.text().replace(/\s+/g, ' '));
  expect(said[0]).toContain('201还没走访');
  expect(said[2]).toContain('101今天不在家');
  page.unmount();
});

test('a door that the chart lacks is added offline and opens like any other', async () => {
  const { page } = await visitPage(phone, `/door/${BUILDING.id}`);
  await press(page, '表上缺一户');
  const input = document.querySelector<HTMLInputElement>('.sheet input');
  if (!input) throw new Error('no sheet');
  input.value = '203';
  input.dispatchEvent(new Event('input'));
  await Promise.resolve();
  document.querySelector<HTMLElement>('.sheet .button.primary')?.click();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(phone.engine.waiting().map(({ row }) => row.name)).toEqual(['building.addRoom']);
  expect(page.findAll('.door').map((one) => one.get('.room').text())).toEqual(['201', '202', '203', '101', '102']);
  page.unmount();
});

test('a page that stands over midnight asks again in the morning', async () => {
  const { page } = await visitPage(phone, door('101'));
  await press(page, '不在家');
  expect(page.findAll('.outcome')).toHaveLength(0);
  vi.useFakeTimers({ now: Date.now() + 24 * 3_600_000, toFake: ['Date'] });
  // As the half minute does.
  useNow();
  await flushPromises();
  expect(page.findAll('.outcome')).toHaveLength(3);
  page.unmount();
});
