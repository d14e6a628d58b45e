// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineComponent, h, ref } from 'vue';
import { GRID, MEMBER, mountOnPhone, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import {
  clashOnPhone,
  decideOnPhone,
  SEEN,
  ticketOnPhone,
  writeOver,
} from '../../../../tests/support/conflict-on-phone.ts';
import { conflictIdOf } from '../../../domain/conflict/keep-conflicts.ts';
import type { Conflict } from '../../../domain/conflict/conflict.ts';
import { useSyncStatus } from '../../composables/use-sync-status.ts';
import TicketConflicts from '../desk/TicketConflicts.vue';
import HomePage from '../home/HomePage.vue';
import AttentionPage from './AttentionPage.vue';
import ConflictCard from './ConflictCard.vue';

let phone: TestPhone;
let page: VueWrapper | undefined;
let id: string;

beforeEach(async () => {
  phone = await openPhone();
  id = await clashOnPhone(phone);
});
afterEach(async () => {
  page?.unmount();
  page = undefined;
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const field = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>('.sheet textarea');
async function openSheet(): Promise<VueWrapper> {
  page = await mountOnPhone(phone, AttentionPage, {});
  await press(page, '改一改再发');
  return page;
}
async function type(words: string): Promise<void> {
  const found = field();
  if (!found) throw new Error('nowhere to write');
  found.value = words;
  found.dispatchEvent(new Event('input'));
  await flushPromises();
}
/** A button of the sheet on top. */
async function tap(selector: string): Promise<void> {
  [...document.querySelectorAll<HTMLElement>(`.sheet ${selector}`)].at(-1)?.click();
  await flushPromises();
}
const conflict = () => phone.engine.view.get(`grid:${GRID}`, 'conflict', id)?.data;
const textNow = () => phone.engine.view.get(`grid:${GRID}`, 'ticket', ticketOnPhone)?.data.text;

test('the card says which matter it is about, and shows both values one below the other', async () => {
  page = await mountOnPhone(phone, AttentionPage, {});
  const { place } = phone.engine.view.get(`grid:${GRID}`, 'ticket', ticketOnPhone)!.data;
  const catalogue = phone.engine.view.list({ space: 'office', kind: 'catalogue', index: 'all' })[0]?.data;
  const item = catalogue?.classes.flatMap(({ items }) => items).find(({ code }) => code === 'LD01');
  expect(item?.name).toBeTruthy();
  expect(page.get('.note').text()).toContain(`${item?.name} · ${place.label} · `);
  expect(page.findAll('.words dt').map((one) => one.text())).toEqual(['现在是', '你写的']);
  expect(page.findAll('.words dd').map((one) => one.text())).toEqual([textNow(), '二楼堆了自行车']);
});

test('a third text begins with the own words', async () => {
  await openSheet();
  expect(field()?.value).toBe('二楼堆了自行车');
});

test('a third text that came too late is read on the card and at the desk, and the next one begins with it', async () => {
  await decideOnPhone(phone, id, { choose: 'edited', text: '二楼什么都堆', seen: { ...SEEN, value: '从前的' } });
  expect((await openSheet()).text()).toContain('你上次写的是“二楼什么都堆”');
  expect(field()?.value).toBe('二楼什么都堆');
  page?.unmount();
  page = await mountOnPhone(phone, TicketConflicts, { gridId: GRID, ticketId: ticketOnPhone, contactId: null }, [
    'desk',
  ]);
  expect(page.text()).toContain('陈晓后来写的二楼什么都堆');
});

test('of a contact nothing is said of a text that came too late: it is stars here', async () => {
  const data: Conflict = {
    kind: 'contact',
    recordId: 'c',
    field: 'note',
    from: '****',
    mine: '****',
    theirs: '****',
    offered: ['****'],
    authorId: MEMBER,
    authorName: '陈晓',
    at: 0,
    resolvedAt: null,
    resolution: null,
  };
  const conflict = { space: `grid:${GRID}`, kind: 'conflict', id, data, pending: false };
  page = await mountOnPhone(phone, ConflictCard, { conflict });
  expect(page.text()).not.toContain('你上次写的');
  await press(page, '改一改再发');
  await flushPromises();
  expect(field()?.value).toBe('');
});

test('of a contact its author reads the own words, which lie in the own outbox, and goes on from them', async () => {
  const about = { kind: 'contact', id: '00000000-0000-7000-8000-000000000054' };
  const args = { id: about.id, note: { from: '三楼', to: '五楼，敲重一点' } };
  const [row] = await phone.engine.save([{ space: `contact:${GRID}`, name: 'contact.amend', v: 1, args }]);
  const own = conflictIdOf(row?.mid ?? '', about, 'note');
  const data: Conflict = {
    kind: 'contact',
    recordId: about.id,
    field: 'note',
    from: '****',
    mine: '****',
    theirs: '****',
    authorId: MEMBER,
    authorName: '陈晓',
    at: 0,
    resolvedAt: null,
    resolution: null,
  };
  const conflict = { space: `grid:${GRID}`, kind: 'conflict', id: own, data, pending: false };
  page = await mountOnPhone(phone, ConflictCard, { conflict });
  expect(page.text()).toContain('现在是****你写的五楼，敲重一点');
  await press(page, '改一改再发');
  await flushPromises();
  expect(field()?.value).toBe('五楼，敲重一点');
  page.unmount();

  const choice = { choose: 'edited', text: '五楼，门铃坏了', seen: { value: '****', turn: 0 } };
  // Of two whose stars are the same it is the last one that came too late.
  await decideOnPhone(phone, own, { ...choice, text: '五楼' });
  await decideOnPhone(phone, own, choice);
  const late = { ...conflict, data: { ...data, passed: ['****'], offered: ['****'] } };
  page = await mountOnPhone(phone, ConflictCard, { conflict: late });
  expect(page.text()).toContain('你上次写的是“五楼，门铃坏了”');
  page.unmount();
  page = await mountOnPhone(phone, ConflictCard, { conflict: { ...conflict, id: 'of another' } });
  expect(page.text()).toContain('你写的****');
});

test('a third text goes in over what the sheet showed, and leaves no draft', async () => {
  await openSheet();
  await type('二楼堆了纸箱和自行车');
  document.dispatchEvent(new Event('visibilitychange'));
  await flushPromises();
  expect(phone.drafts.kept.size).toBe(1);
  await tap('.button.primary');
  expect(conflict()).toMatchObject({ resolution: 'edited', edited: '二楼堆了纸箱和自行车' });
  expect([field(), phone.drafts.kept.size]).toEqual([null, 0]);
  expect(page?.text()).toContain('没有要处理的');
});

test('what comes while somebody writes was not seen: the text is kept beside it, and the next one begins with it', async () => {
  await openSheet();
  await type('二楼堆了纸箱和自行车');
  await writeOver(phone, '二楼清了');
  await flushPromises();
  expect(document.querySelector('.sheet')?.textContent).toContain(SEEN.value);
  await tap('.button.primary');
  expect(textNow()).toBe('二楼清了');
  expect(conflict()).toMatchObject({ theirs: '二楼清了', offered: ['二楼堆了纸箱和自行车'], resolution: null });
  expect(field()).toBeNull();
  if (page) await press(page, '改一改再发');
  expect(field()?.value).toBe('二楼堆了纸箱和自行车');
  await tap('.button.primary');
  expect(textNow()).toBe('二楼堆了纸箱和自行车');
});

test('what was typed is there again after the sheet was closed, and after the page was left', async () => {
  await openSheet();
  await type('二楼堆了纸箱和自行车');
  await tap('.sheet-close');
  expect(field()).toBeNull();
  if (page) await press(page, '改一改再发');
  expect(field()?.value).toBe('二楼堆了纸箱和自行车');
  page?.unmount();
  await openSheet();
  expect(field()?.value).toBe('二楼堆了纸箱和自行车');
});

test('who writes while somebody else decides keeps the sheet, and the words until they throw them away', async () => {
  await openSheet();
  await type('二楼堆了纸箱和自行车');
  await decideOnPhone(phone, id, { choose: 'theirs', seen: SEEN });
  await flushPromises();
  expect(field()?.value).toBe('二楼堆了纸箱和自行车');
  expect(document.querySelector('.sheet .button.primary')).toBeNull();
  await tap('.sheet-close');
  expect(page?.text()).toContain('二楼堆了纸箱和自行车');
  page?.unmount();
  page = await mountOnPhone(phone, AttentionPage, {});
  expect(page.text()).toContain('二楼堆了纸箱和自行车');
  await press(page, '不要这些字了');
  await tap('.button.danger');
  expect(phone.drafts.kept.size).toBe(0);
  expect(page.text()).toContain('没有要处理的');
});

const counted = async (): Promise<string> => {
  // What no document of a test has.
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  const home = await mountOnPhone(phone, HomePage, {});
  vi.unstubAllGlobals();
  const note = home.findAll('.home-note').find((one) => one.attributes('href') === '/attention');
  home.unmount();
  return note?.text() ?? '';
};

test('what was decided over words that lie here unsent is counted, until they are thrown away', async () => {
  await openSheet();
  await type('二楼堆了纸箱和自行车');
  page?.unmount();
  await decideOnPhone(phone, id, { choose: 'theirs', seen: SEEN });
  expect(await counted()).toContain('有 1 件要你看一看');
  page = await mountOnPhone(phone, AttentionPage, {});
  await press(page, '不要这些字了');
  await tap('.button.danger');
  expect(await counted()).toBe('');
});

test('the count follows what is written on the page, and a sheet that was left as it was counts for nothing', async () => {
  const both = defineComponent(() => {
    const status = useSyncStatus();
    const isOpen = ref(true);
    return () => [
      h('output', { onClick: () => (isOpen.value = false) }, status.value.attention),
      isOpen.value && h(AttentionPage),
    ];
  });
  page = await mountOnPhone(phone, both, {});
  const count = () => page?.get('output').text();
  await press(page, '改一改再发');
  await decideOnPhone(phone, id, { choose: 'theirs', seen: SEEN });
  await flushPromises();
  expect(count()).toBe('1');
  await page.get('output').trigger('click');
  await flushPromises();
  expect(count()).toBe('0');
});

test('a sheet in which nothing was written leaves no card behind when somebody else has decided', async () => {
  await openSheet();
  await decideOnPhone(phone, id, { choose: 'theirs', seen: SEEN });
  await flushPromises();
  expect(field()?.value).toBe('二楼堆了自行车');
  await tap('.sheet-close');
  expect(page?.text()).toContain('没有要处理的');
});
