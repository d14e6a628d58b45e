// @vitest-environment jsdom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createMessages } from '../../../i18n/create-i18n.ts';
import { mediaRow } from '../../../../tests/support/waiting-rows.ts';
import type { RescueBody } from '../../../protocol/rescue-file.ts';
import type { SyncEngine, Waiting, WaitingMedia } from '../../../sync/engine-api.ts';
import { StorageFull } from '../../../sync/outbox-port.ts';
import { readRescue, rescueText } from '../../../sync/rescue.ts';
import { useToast } from '../../composables/use-toast.ts';
import { useSession } from '../../stores/session.ts';
import RescueCells from './RescueCells.vue';

const MEMBER = {
  id: 'm1',
  name: '陈晓',
  roles: { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false },
};
const record = (mid: string): RescueBody['records'][number] => ({
  mid,
  space: 'grid:g1',
  name: 'visit.record',
  v: 1,
  args: { note: '王阿姨，门铃坏了' },
  at: 10,
  saveId: 's',
  about: null,
  state: 'saved',
  word: null,
});
const body = (over: Partial<RescueBody> = {}): RescueBody => ({
  exportedAt: 20,
  build: 'test',
  member: { id: MEMBER.id, name: MEMBER.name },
  records: ['a', 'b', 'c'].map(record),
  media: [],
  ...over,
});
const waitingOf = (mid: string, state: Waiting['state']): Waiting => {
  const { state: _state, word: _word, ...row } = record(mid);
  return { row: { ...row, seq: 1, asideAt: null, settledAt: null }, state, receipt: null };
};

let page: VueWrapper;
afterEach(() => {
  page.unmount();
  vi.restoreAllMocks();
});

/** The cells over an engine whose outbox holds these. */
function open(
  waiting: Waiting[],
  recover: SyncEngine['recover'] = () => Promise.resolve([]),
  media: WaitingMedia[] = [],
  cells = RescueCells,
  sessionOf = useSession,
  bytes: SyncEngine['media']['bytes'] = () => Promise.resolve(new ArrayBuffer(30_000)),
): void {
  const status = {
    phase: 'idle',
    waiting: waiting.length,
    attention: 0,
    lastSyncAt: null,
    firstSync: null,
    lastFault: null,
  };
  const engine = {
    view: { onChange: () => () => undefined },
    media: { list: () => media, all: () => media.map(({ row }) => row), bytes },
    actor: () => ({ kind: 'member', ...MEMBER, gridCommunity: {} }),
    waiting: () => waiting,
    status: () => status,
    onStatus: () => () => undefined,
    recover,
  } as unknown as SyncEngine;
  const pinia = createPinia();
  sessionOf(pinia).enter(MEMBER, { engine, close: () => Promise.resolve() } as never);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  page = mount(cells, { attachTo: document.body, global: { plugins: [createMessages().i18n, pinia, router] } });
}

async function choose(text: string): Promise<void> {
  const input = page.find('input[type=file]');
  const file = new File([text], 'doorstep.json');
  // Not every document reads a file.
  file.text = () => Promise.resolve(text);
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true });
  await input.trigger('change');
  await flushPromises();
}
const shown = (): string => document.body.textContent;
async function press(words: string): Promise<void> {
  [...document.querySelectorAll('button')]
    .filter((one) => one.textContent.trim() === words)
    .at(-1)
    ?.click();
  await flushPromises();
}

test('what a file holds is told before it is taken in, and then it is', async () => {
  const recover = vi.fn<SyncEngine['recover']>(() => Promise.resolve([]));
  open([waitingOf('a', 'delivered')], recover);
  await choose(rescueText(body()));
  expect(shown()).toContain('文件里有 3 条，其中 1 条已经送达过');
  expect(recover).not.toHaveBeenCalled();
  await press('导入');
  expect(recover).toHaveBeenCalledWith(body());
});

test.each([
  ['{}', '这不是从家门口导出的文件'],
  [rescueText(body()).slice(0, 300), '这个文件不完整'],
  [rescueText(body()).replace('门铃坏了', '门铃好了'), '被改动过'],
  [rescueText(body({ member: { id: 'm2', name: '范晓' } })), '这是范晓的记录，只能由本人登录后导入'],
])('a file that is not taken in is refused in words, and nothing is done', async (text, words) => {
  const recover = vi.fn<SyncEngine['recover']>(() => Promise.resolve([]));
  open([], recover);
  await choose(text);
  expect(shown()).toContain(words);
  expect(recover).not.toHaveBeenCalled();
});

test('a phone without room says so', async () => {
  open([], () => Promise.reject(new StorageFull('full')));
  await choose(rescueText(body()));
  await press('导入');
  expect(shown()).toContain('手机空间不够');
});

test('everything unsent goes into one file that can be read again', async () => {
  open([waitingOf('b', 'saved'), waitingOf('a', 'delivered')]);
  const files: Blob[] = [];
  URL.createObjectURL = (file: Blob) => `blob:${files.push(file)}`;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await page
    .findAll('button')
    .find((one) => one.text().includes('导出没上传的'))
    ?.trigger('click');
  await flushPromises();
  const text = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(files[0] as Blob);
  });
  expect(readRescue(text, MEMBER.id).records).toEqual([record('b')]);
});

const exportAll = async (): Promise<void> => {
  await page
    .findAll('button')
    .find((one) => one.text().includes('导出没上传的'))
    ?.trigger('click');
  await flushPromises();
};
const said = (): string[] => useToast().toasts.value.map(({ text }) => text);

test('a share sheet that was closed has exported nothing, and nothing is said', async () => {
  open([waitingOf('b', 'saved')]);
  const { toasts, dismiss } = useToast();
  toasts.value.forEach(({ id }) => dismiss(id));
  vi.stubGlobal('navigator', {
    canShare: () => true,
    share: () => Promise.reject(new DOMException('closed', 'AbortError')),
  });
  await exportAll();
  vi.unstubAllGlobals();
  expect(said()).toEqual([]);
});

const photo = mediaRow();

test.each<[Waiting['state'], words: string]>([
  ['delivered', '已导出照片或录音 30 KB'],
  ['saved', '已导出 1 条，还有照片或录音 30 KB'],
])('a photo whose record is %s goes into the file while it is being brought, and it is told', async (state, words) => {
  open([waitingOf('a', state)], undefined, [{ row: photo, state: 'sending', sent: 2 }]);
  URL.createObjectURL = () => 'blob:1';
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await exportAll();
  expect(said().at(-1)).toBe(words);
});

test('how many photos could not be read is told, also where nothing else was to be exported', async () => {
  const unreadable: SyncEngine['media']['bytes'] = () => Promise.reject(new Error('no blob'));
  const media: WaitingMedia[] = [{ row: photo, state: 'saved', sent: 0 }];
  URL.createObjectURL = () => 'blob:1';
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  open([waitingOf('a', 'saved')], undefined, media, undefined, undefined, unreadable);
  await exportAll();
  expect(said().at(-1)).toBe('已导出 1 条。有 1 个照片或录音读不出来，没有导出');
  page.unmount();
  open([], undefined, media, undefined, undefined, unreadable);
  await exportAll();
  expect(said().at(-1)).toBe('有 1 个照片或录音读不出来，没有导出');
});

test('what is taken in is kept as a save is: the browser is asked for it', async () => {
  const persist = vi.fn(() => Promise.resolve(false));
  vi.stubGlobal('navigator', { storage: { persist, persisted: () => Promise.resolve(false) } });
  // Asked once for as long as a page is open: this is a page that was just opened.
  vi.resetModules();
  const [cells, session] = [await import('./RescueCells.vue'), await import('../../stores/session.ts')];
  open([], undefined, [], cells.default, session.useSession);
  await choose(rescueText(body()));
  expect(persist).not.toHaveBeenCalled();
  await press('导入');
  expect(persist).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
});

test('a file of photos alone says so', async () => {
  const media = [{ sha: photo.sha, type: photo.type, mids: ['a'], at: 10, base64: 'QUFB'.repeat(10_000) }];
  const recover = vi.fn<SyncEngine['recover']>(() => Promise.resolve([]));
  open([], recover);
  await choose(rescueText(body({ records: [], media })));
  expect(shown()).toContain('文件里是照片或录音 30 KB。');
  expect(shown()).not.toContain('0 条');
  await press('导入');
  expect(recover).toHaveBeenCalledTimes(1);
  page.unmount();
  open([], recover);
  await choose(rescueText(body({ media })));
  expect(shown()).toContain('文件里有 3 条，还有照片或录音 30 KB。');
});
