// @vitest-environment jsdom
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  COMMUNITY,
  GRID,
  MEMBER,
  mountOnPhone,
  openPhone,
  press,
  pressInSheet,
  type TestPhone,
} from '../../../../tests/support/door-phone.ts';
import { clashOnPhone } from '../../../../tests/support/conflict-on-phone.ts';
import type { OwnConflict } from '../../../domain/conflict/own-conflict.ts';
import { gridSpace, memberSpace } from '../../../domain/space/space.ts';
import AttentionPage from './AttentionPage.vue';

const OWN = memberSpace(MEMBER);
const ID = '00000000-0000-7000-8000-000000000001';
const kept = (data: Partial<OwnConflict> = {}): OwnConflict => ({
  ...{
    space: 'grid:another',
    kind: 'ticket',
    recordId: 't',
    field: 'text',
    mine: '二楼堆了自行车',
    at: 0,
    asideAt: null,
  },
  ...data,
});

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
const open = async (): Promise<VueWrapper> => (page = await mountOnPhone(phone, AttentionPage, {}));
const buttons = (): string[] => page!.findAll('article .actions > *').map((one) => one.text());

test('[RC5] of a space that was lost the own words stand there, with who decides, and are put aside', async () => {
  await phone.arrive([{ kind: 'ownConflict', id: ID, data: kept() }], OWN);
  expect(phone.engine.status().attention).toBe(1);
  const shown = await open();
  expect(shown.text()).toContain('二楼堆了自行车');
  expect(shown.text()).toContain('这一处现在不归你负责');
  expect(buttons()).toEqual(['放到一边']);
  await press(shown, '放到一边');
  await pressInSheet('放到一边');
  expect(phone.engine.view.get(OWN, 'ownConflict', ID)?.data.asideAt).toBeTypeOf('number');
  expect(shown.text()).toContain('放到一边的 · 1');
});

test('[RC5] of a community that is left out it leads to taking it along again', async () => {
  await phone.arrive([{ kind: 'ownConflict', id: 'c', data: kept({ space: gridSpace(GRID) }) }], OWN);
  await phone.engine.leaveOut([COMMUNITY]);
  const shown = await open();
  expect(shown.text()).toContain('这台设备没带这个社区');
  expect(buttons()).toEqual(['去带上这个社区', '放到一边']);
});

test('[RC5] where the conflict is here it stands once, with both values', async () => {
  const id = await clashOnPhone(phone);
  await phone.arrive([{ kind: 'ownConflict', id, data: kept({ space: gridSpace(GRID) }) }], OWN);
  const shown = await open();
  expect(shown.findAll('article')).toHaveLength(1);
  expect(buttons()).toContain('用我写的');
});

test('what is switched or chosen is said in words, and the name of a part is called one', async () => {
  const of = (id: string, data: Partial<OwnConflict>) => ({ kind: 'ownConflict', id, data: kept(data) });
  await phone.arrive(
    [
      of('a', { field: 'urgent', mine: 'true' }),
      of('b', { field: 'item', mine: 'LD01' }),
      of('c', { kind: 'building', field: 'label:1f', mine: '302东' }),
    ],
    OWN,
  );
  const text = (await open()).text();
  for (const word of ['紧急', '楼道堆物', '名称', '302东']) expect(text).toContain(word);
  for (const word of ['true', 'LD01', '1f']) expect(text).not.toContain(word);
});
