// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clashOnPhone, ticketOnPhone } from '../../../../tests/support/conflict-on-phone.ts';
import { GRID, mountOnPhone, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { spokenConsent } from '../../../../tests/support/factories.ts';
import fixturesV1 from '../../../domain/mutation/fixtures/v1.json' with { type: 'json' };
import fixturesV2 from '../../../domain/mutation/fixtures/v2.json' with { type: 'json' };
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import HeldItem from './HeldItem.vue';

let phone: TestPhone;
let page: VueWrapper | undefined;
beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  page?.unmount();
  page = undefined;
  document.body.innerHTML = '';
  await phone.engine.stop();
});

async function show(mutation: string, args: unknown, space = `grid:${GRID}`): Promise<VueWrapper> {
  page?.unmount();
  const isMasked = space.startsWith('contact:');
  const about = {
    id: 'h1',
    space,
    communityId: 'c1',
    isMasked,
    memberName: '陈晓',
    reason: 'noAccess',
    isOnlyHere: false,
  };
  const entry: HeldEntry = { ...about, mutation, args, at: 1, receivedAt: 2 };
  page = await mountOnPhone(phone, HeldItem, { entry, busy: false, refused: '' }, ['desk']);
  await flushPromises();
  return page;
}
const textOf = async (mutation: string, args: unknown): Promise<string> => (await show(mutation, args)).text();

/** Everything that somebody wrote or chose, wherever it stands. */
const written = (value: unknown): string[] => {
  if (typeof value === 'string') return /[\u4e00-\u9fff]/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(written) : [];
};

/** What names something else: of each the name is told, or that it is not here. */
const names = (args: object): string[] =>
  Object.entries(args).flatMap(([field, value]) =>
    /^(id|ticketId|cardId|into|sha|partId|to)$/.test(field) && typeof value === 'string' ? [value] : [],
  );
const makes = /\.(create|put|log|record|issue)$/;

/** What an admin decides is shown as it came: nobody writes it at a door. */
const ofTheOffice = /^(office|catalogue|terms|workdays|community|member|notice)\./;
const examples = [...Object.entries(fixturesV1), ...Object.entries(fixturesV2)].filter(
  ([mutation]) => !ofTheOffice.test(mutation),
);

test.each(examples)('%s shows all that was written, under names that people use', async (mutation, args) => {
  const item = await show(mutation, args);
  for (const words of written({ ...args, place: { label: (args as { place?: { label: string } }).place?.label } })) {
    expect(item.text()).toContain(words);
  }
  const unnamed = item.findAll('dd').filter((one) => one.text() === '这部设备上没有').length;
  const hasNames = item.findAll('dd').length + item.findAll('.gallery-photo').length;
  if (!makes.test(mutation)) expect(hasNames).toBeGreaterThanOrEqual(names(args).length);
  if ('sha' in args) expect(unnamed).toBe(2);
  for (const name of item.findAll('dt')) expect(name.text()).toMatch(/[\u4e00-\u9fff]/);
});

test('what is chosen is told in words: how urgent, what came of it, who may read it', async () => {
  expect(await textOf('ticket.log', { id: 'x', kind: 'issue', item: 'LD01', text: '灯不亮', urgent: true })).toContain(
    '紧急',
  );
  expect(await textOf('ticket.resolve', { outcome: 'partlySolved', result: '先补了一处' })).toContain('部分解决');
  expect(await textOf('ticket.progress', { text: '量过了', open: false })).toContain('只有社区和经办人看得到');
  expect(await textOf('visit.record', { id: 'x', outcome: 'notHome' })).toContain('不在家');
});

test('an edit shows what its author saw, and a step which matter it was about', async () => {
  expect(await textOf('ticket.amend', { id: 'x', text: { from: '灯不亮', to: '' } })).toContain(
    '（空着）（原来：灯不亮）',
  );
  await clashOnPhone(phone);
  expect(await textOf('ticket.progress', { id: ticketOnPhone, text: '量过了', open: true })).toContain('101');
});

test('the consent and the photos that were taken are shown with it', async () => {
  const consent = spokenConsent({ publish: false });
  expect(await textOf('ticket.log', { id: 'x', text: '灯不亮', consent })).toContain('不同意上心愿墙');
  const item = await show('ticket.addMedia', fixturesV1['ticket.addMedia']);
  expect(item.findAll('.gallery-photo')).toHaveLength(
    fixturesV1['ticket.addMedia'].media.filter(({ kind }) => kind === 'photo').length,
  );
});

test('a decision over what met names the matter, the field and both values', async () => {
  const id = await clashOnPhone(phone);
  for (const mutation of ['conflict.resolve', 'conflict.putAside']) {
    const text = await textOf(mutation, { id, ...(mutation === 'conflict.resolve' && { choose: 'mine' }) });
    for (const words of ['101', '原话', '二楼堆了纸箱', '二楼堆了自行车']) expect(text).toContain(words);
  }
});

test('what is not on this device is said to be missing, except what it makes itself', async () => {
  const id = '00000000-0000-7000-8000-000000000099';
  for (const mutation of ['claim.progress', 'claim.fulfil', 'claim.release', 'conflict.resolve', 'ticket.start']) {
    expect(await textOf(mutation, { id })).toContain('这部设备上没有');
  }
  expect(await textOf('ticket.log', { id, text: '灯不亮' })).not.toContain('这部设备上没有');
});

test('args of any shape are survived, and what nobody knows is shown as it came', async () => {
  for (const args of [null, undefined, 7, 'text', [], { place: 'x', text: 3, media: 'y', consent: 4 }]) {
    await show('future.thing', args);
  }
  expect(await textOf('future.thing', { wind: { from: 'north', strength: 4 } })).toContain(
    '{"from":"north","strength":4}',
  );
});

test('a held contact is read in full for a while by who says why, and then it is stars again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    if (init?.method !== 'POST') return Promise.resolve(Response.json([]));
    asked.push([path, JSON.parse(String(init.body))]);
    const args = { name: '苏婆婆', phone: '13800001234', pin: '', note: '耳背' };
    return Promise.resolve(Response.json({ args, showForMs: 60_000 }));
  });
  const item = await show('contact.put', { name: '苏**', phone: '138****1234', note: '****' }, `contact:${GRID}`);
  expect(item.text()).toContain('138****1234');
  await press(item, '查看联系方式');
  document.querySelector<HTMLElement>('.sheet .button.primary')?.click();
  await flushPromises();
  expect(asked).toEqual([['/api/held/h1/reveal', { reason: '回访居民' }]]);
  expect(item.text()).toContain('13800001234');
  expect(item.text()).toContain('耳背');
  vi.advanceTimersByTime(61_000);
  await flushPromises();
  expect(item.text()).not.toContain('13800001234');
  expect(item.text()).toContain('138****1234');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
