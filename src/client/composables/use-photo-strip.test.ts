// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineComponent } from 'vue';
import { clashOnPhone, ticketOnPhone } from '../../../tests/support/conflict-on-phone.ts';
import { COMMUNITY, GRID, mountOnPhone, openPhone, type TestPhone } from '../../../tests/support/door-phone.ts';
import type { Card } from '../../domain/card/card.ts';
import type { ClaimView } from '../../domain/claim/claim-view.ts';
import { gridSpace, wallSpace } from '../../domain/space/space.ts';
import { useClaimStrip } from '../features/claims/use-claim-strip.ts';
import { usePhotoStrip, type PhotoStrip } from './use-photo-strip.ts';

let phone: TestPhone;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T14:02:00+08:00') });
  phone = await openPhone();
});
afterEach(async () => {
  vi.useRealTimers();
  await phone.engine.stop();
});

async function stripOf(use: () => PhotoStrip): Promise<PhotoStrip> {
  let strip!: PhotoStrip;
  await mountOnPhone(
    phone,
    defineComponent(() => {
      strip = use();
      return () => null;
    }),
    {},
  );
  return strip;
}

test('a photo of a matter says when, in which building, who, and the code of its slip, and never the door', async () => {
  await clashOnPhone(phone);
  const ticket = phone.engine.view.get(gridSpace(GRID), 'ticket', ticketOnPhone)!.data;
  const { code } = phone.engine.view.get(gridSpace(GRID), 'slip', ticket.slipId!)!.data;
  const strip = await stripOf(() => usePhotoStrip(() => ticket));
  expect(strip(true)).toEqual(['11月23日 周一 14:02', '凤凰苑 3幢', `陈晓 · ${code}`]);
  expect(ticket.place.label).toContain('101');
  expect(strip(true).join()).not.toContain('101');
});

test('one that was not taken just now does not pass the moment for that of the shot', async () => {
  const strip = await stripOf(() => usePhotoStrip(() => ({ place: null })));
  expect(strip(false)).toEqual(['11月23日 周一 14:02 加入，拍摄时间不详', '陈晓']);
});

test('before the slip is there no code is named', async () => {
  await clashOnPhone(phone);
  const { place } = phone.engine.view.get(gridSpace(GRID), 'ticket', ticketOnPhone)!.data;
  const strip = await stripOf(() => usePhotoStrip(() => ({ place })));
  expect(strip(true)).toEqual(['11月23日 周一 14:02', '凤凰苑 3幢', '陈晓']);
});

test('a claimer’s photo says where as the wall does: neither door nor code', async () => {
  const claim = { communityId: COMMUNITY, cardId: 'card', address: '凤凰苑 3幢 1单元 101' } as ClaimView;
  const card = { where: '凤凰苑', state: 'claimed', communityId: COMMUNITY } as Card;
  await phone.arrive([{ kind: 'card', id: 'card', data: card }], wallSpace(COMMUNITY));
  const strip = await stripOf(() => useClaimStrip(() => claim));
  expect(strip(true)).toEqual(['11月23日 周一 14:02', '凤凰苑', '陈晓']);
});
