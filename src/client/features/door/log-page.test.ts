// @vitest-environment jsdom
import { StorageFull } from '../../../sync/outbox-port.ts';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ViewRecord } from '../../../sync/engine-api.ts';
// Fetched before the clock of the first test runs.
import './LogPage.vue';
import './SlipPage.vue';
import {
  BUILDING,
  GRID,
  openPhone,
  press,
  roomId,
  visitPage,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';

const space = `grid:${GRID}`;
let phone: TestPhone;

beforeEach(async () => {
  // Not in jsdom.
  window.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  phone = await openPhone();
});
afterEach(async () => {
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const saved = (): string[] =>
  phone.engine
    .waiting()
    .map(({ row }) => row.name)
    .toReversed();
const tickets = (): ViewRecord<'ticket'>[] => phone.engine.view.list({ space, kind: 'ticket', index: 'all' });
const slips = (): ViewRecord<'slip'>[] => phone.engine.view.list({ space, kind: 'slip', index: 'all' });

async function log(path: string, search: string, button = '居民口头同意，保存'): Promise<string> {
  const { page, router } = await visitPage(phone, path);
  await page.get('input[type=search]').setValue(search);
  await page.get('.items button').trigger('click');
  await flushPromises();
  await press(page, button);
  const shown = await vi.waitUntil(
    () => router.currentRoute.value.path !== '/log' && router.currentRoute.value.fullPath,
  );
  page.unmount();
  return shown;
}

test('a problem at a door is saved as one: visit, contact, matter and slip, and the slip is shown', async () => {
  const path = await log(`/log?room=${roomId('101')}`, '声控灯坏了');
  expect(saved()).toEqual(['visit.record', 'contact.put', 'ticket.log', 'slip.issue']);
  const [ticket] = tickets();
  expect(ticket?.data).toMatchObject({ text: '声控灯坏了', kind: 'issue', place: { label: '凤凰苑 3幢 1单元 101' } });
  expect(path).toBe(`/slip/${GRID}/${slips()[0]?.id}?saved=${ticket?.id}`);
  expect(phone.drafts.kept.size).toBe(0);
});

test('a further matter of the household goes onto the slip that it holds, without a second visit', async () => {
  await log(`/log?room=${roomId('101')}`, '声控灯坏了');
  await log(`/log?room=${roomId('101')}`, '楼道堆物');
  expect(saved().slice(4)).toEqual(['ticket.log', 'slip.add']);
  expect(slips()).toHaveLength(1);
  expect(slips()[0]?.data.ticketIds).toHaveLength(2);
});

test('a sensitive matter is not saved without the separate consent, and then gets a slip of its own', async () => {
  await log(`/log?room=${roomId('101')}`, '声控灯坏了');
  const { page } = await visitPage(phone, `/log?room=${roomId('101')}`);
  await page.get('input[type=search]').setValue('需要一辆轮椅');
  await page.get('.items button').trigger('click');
  await flushPromises();
  await press(page, '不上墙，保存');
  expect(page.text()).toContain('要居民单独同意才能记');
  expect(tickets()).toHaveLength(1);
  await page.get('input[type=checkbox]:not([role=switch])').setValue(true);
  await press(page, '不上墙，保存');
  expect(saved().slice(4)).toEqual(['ticket.log', 'slip.issue']);
  expect(new Set(slips().map(({ data }) => data.contactId)).size).toBe(1);
  page.unmount();
});

test('[VW8] whose slip a matter goes onto is decided by what is saved, though the form goes on changing', async () => {
  await log(`/log?room=${roomId('101')}`, '声控灯坏了');
  const { view } = phone.engine;
  const { whole } = view;
  let go = (): void => undefined;
  const read = new Promise<void>((resolve) => {
    go = resolve;
  });
  // It is a large grid: what stands on the slip has to be read.
  view.whole = (ask) => read.then(() => whole(ask));
  const { page } = await visitPage(phone, `/log?room=${roomId('101')}`);
  const choose = async (search: string): Promise<void> => {
    await page.get('input[type=search]').setValue(search);
    await page.get('.items button').trigger('click');
    await flushPromises();
  };
  await choose('需要一辆轮椅');
  await page.get('input[type=checkbox]:not([role=switch])').setValue(true);
  await press(page, '不上墙，保存');
  await page.get('[aria-label*=换一个事项]').trigger('click');
  await flushPromises();
  await choose('楼道堆物');
  go();
  await vi.waitUntil(() => saved().length > 4);
  expect(saved().slice(4)).toEqual(['ticket.log', 'slip.issue']);
  expect(slips()).toHaveLength(2);
  page.unmount();
});

test('[VW8] where what a matter shares cannot be read, nothing is saved and the page says so', async () => {
  phone.engine.view.whole = () => Promise.reject(new Error('the connection was lost'));
  const { page, router } = await visitPage(phone, `/log?room=${roomId('101')}`);
  await page.get('input[type=search]').setValue('声控灯坏了');
  await page.get('.items button').trigger('click');
  await flushPromises();
  await press(page, '居民口头同意，保存');
  expect(page.text()).toContain('没有存上');
  expect([saved(), router.currentRoute.value.path]).toEqual([[], '/log']);
  page.unmount();
});

test('a wish goes to the wall only with the yes that was tapped', async () => {
  await log(`/log?room=${roomId('101')}`, '修手机', '愿意上墙，保存');
  await log(`/log?room=${roomId('102')}`, '修手机', '不上墙，保存');
  expect(tickets().map(({ data }) => [data.kind, data.consent.publish])).toEqual([
    ['wish', true],
    ['wish', false],
  ]);
});

test('a full phone saves nothing, says so, and keeps every word', async () => {
  phone.full.value = true;
  const { page, router } = await visitPage(phone, `/log?room=${roomId('101')}`);
  await page.get('input[type=search]').setValue('声控灯坏了');
  await page.get('.items button').trigger('click');
  await flushPromises();
  await press(page, '居民口头同意，保存');
  expect(page.text()).toContain('没有存上，你写的都还在');
  expect(page.get('textarea').element.value).toBe('声控灯坏了');
  expect(router.currentRoute.value.path).toBe('/log');
  expect(saved()).toEqual([]);
  phone.full.value = false;
  await press(page, '居民口头同意，保存');
  expect(saved()).toHaveLength(4);
  page.unmount();
});

test('a draft that could not be put away after a good save is not saved twice', async () => {
  const { drafts } = phone;
  const remove = drafts.remove.bind(drafts);
  drafts.remove = () => Promise.reject(new StorageFull());
  const { page } = await visitPage(phone, `/log?room=${roomId('101')}`);
  await page.get('input[type=search]').setValue('声控灯坏了');
  await page.get('.items button').trigger('click');
  window.dispatchEvent(new Event('pagehide'));
  await flushPromises();
  // The same draft stands open in another tab.
  const other = await visitPage(phone, '/log');
  await press(page, '居民口头同意，保存');
  await flushPromises();
  expect(saved()).toHaveLength(4);
  await press(other.page, '居民口头同意，保存');
  await flushPromises();
  expect(saved()).toHaveLength(4);
  expect(other.router.currentRoute.value.path).toBe(`/slip/${GRID}/${slips()[0]?.id}`);
  page.unmount();
  other.page.unmount();

  expect(drafts.kept.size).toBe(1);
  drafts.remove = remove;
  const later = await visitPage(phone, '/log');
  expect(later.page.text()).not.toContain('已恢复草稿');
  expect(drafts.kept.size).toBe(0);
  later.page.unmount();
});

test('what was begun is there again after the tab was killed, and can be thrown away', async () => {
  const { page } = await visitPage(phone, `/log?room=${roomId('101')}`);
  await page.get('input[type=search]').setValue('声控灯坏了');
  await page.get('.items button').trigger('click');
  await page.get('textarea').setValue('声控灯坏了，三天了');
  window.dispatchEvent(new Event('pagehide'));
  await flushPromises();
  page.unmount();
  const again = await visitPage(phone, '/log');
  expect(again.page.text()).toContain('已恢复草稿');
  expect(again.page.get('textarea').element.value).toBe('声控灯坏了，三天了');
  await press(again.page, '弃用');
  // One tap beside the thumb throws nothing away.
  expect(phone.drafts.kept.size).toBe(1);
  document.querySelector<HTMLElement>('.sheet .danger')?.click();
  await flushPromises();
  expect(again.page.text()).toContain('在哪里？');
  expect(phone.drafts.kept.size).toBe(0);
  again.page.unmount();
});

test('a place that was only picked is not carried to the next matter', async () => {
  phone.drafts.kept.set('log', { ...emptyDraft, place: { label: '凤凰苑 3幢 1单元 101' } });
  const { page } = await visitPage(phone, '/log');
  expect(page.text()).toContain('在哪里？');
  expect(page.text()).not.toContain('已恢复草稿');
  page.unmount();
});

const emptyDraft = {
  item: '',
  kind: 'issue',
  text: '',
  urgent: false,
  how: 'spoken',
  signature: null,
  sensitive: false,
  name: '',
  phone: '',
  note: '',
};

test('a refused matter opens with all that was written, and goes again under its id with its slip', async () => {
  await log(`/log?room=${roomId('101')}`, '声控灯坏了');
  const [slip] = slips();
  await phone.refuseAll('itemUnknown');
  expect(tickets()).toEqual([]);
  const refused = phone.engine.waiting().find(({ row }) => row.name === 'ticket.log');
  expect(refused?.state).toBe('attention');

  const { page } = await visitPage(phone, `/log?again=${refused?.row.mid}`);
  expect(page.get('textarea').element.value).toBe('声控灯坏了');
  await page.get('textarea').setValue('声控灯坏了，二楼到三楼');
  await press(page, '居民口头同意，保存');
  page.unmount();
  expect(tickets().map(({ id, data }) => [id, data.text])).toEqual([
    [slip?.data.ticketIds[0], '声控灯坏了，二楼到三楼'],
  ]);
  expect(slips().map(({ id, data }) => [id, data.code])).toEqual([[slip?.id, slip?.data.code]]);
  const standing = phone.engine.waiting().filter(({ row, state }) => state === 'attention' && row.asideAt === null);
  expect(standing).toEqual([]);
});

test('a second refused matter that is opened from the page of the first shows its own words', async () => {
  await log(`/log?room=${roomId('101')}`, '声控灯坏了');
  await log(`/log?room=${roomId('102')}`, '楼道堆物');
  await phone.refuseAll('itemUnknown');
  const refused = phone.engine.waiting().filter(({ row }) => row.name === 'ticket.log');
  const words = refused.map(({ row }) => (row.args as { text: string }).text);
  const [first, second] = refused.map(({ row }) => `/log?again=${row.mid}`);
  const { page, router } = await visitPage(phone, first ?? '');
  expect(page.get('textarea').element.value).toBe(words[0]);
  await router.push(second ?? '');
  await flushPromises();
  expect(page.get('textarea').element.value).toBe(words[1]);
  page.unmount();
});

test('an address of a refused matter that is gone says so', async () => {
  const { page } = await visitPage(phone, '/log?again=nothing');
  expect(page.text()).toContain('找不到那条退回的记录');
  page.unmount();
});

test('a door that was asked for before its building is here is taken when it comes', async () => {
  const late = structuredClone(BUILDING.data);
  late.name = '5幢';
  late.entrances[0]!.floors[0]!.rooms[0]!.id = 'late';
  const { page } = await visitPage(phone, '/log?room=late&building=building 5');
  expect(page.find('#step-place').exists()).toBe(true);
  await phone.arrive([{ kind: 'building', id: 'building 5', data: late }]);
  expect(page.find('#step-place').exists()).toBe(false);
  expect(page.text()).toContain('凤凰苑 5幢 1单元 101');
  page.unmount();
});

test('what was half-written does not give way to a door that comes late', async () => {
  const late = structuredClone(BUILDING.data);
  late.entrances[0]!.floors[0]!.rooms[0]!.id = 'late';
  const begun = await visitPage(phone, `/log?room=${roomId('101')}`);
  await begun.page.get('input[type=search]').setValue('声控灯坏了');
  await begun.page.get('.items button').trigger('click');
  begun.page.unmount();
  await vi.waitUntil(() => phone.drafts.kept.size > 0);
  const { page } = await visitPage(phone, '/log?room=late&building=building 5');
  await phone.arrive([{ kind: 'building', id: 'building 5', data: late }]);
  expect(page.get('textarea').element.value).toBe('声控灯坏了');
  page.unmount();
});
