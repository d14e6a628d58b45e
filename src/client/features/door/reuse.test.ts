// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import type { Place } from '../../../domain/place/place.ts';
import { BUILDING, MEMBER, openPhone } from '../../../../tests/support/door-phone.ts';
import { emptyForm } from './log-form.ts';
import { logRequests, NOTHING_YET } from './log-requests.ts';
import { madeAfter } from './made-for-tests.ts';
import { placeInBuilding, placeInGrid } from './place-of.ts';
import { leaveSharedSlip, reuseAt } from './reuse.ts';

const [entrance] = BUILDING.data.entrances;
const [floor] = entrance!.floors;
const place = placeInBuilding(BUILDING, { entrance: entrance!, floor: floor!, room: floor!.rooms[0]! });
const item = { code: 'LD01', sensitive: false } as CatalogueItem;
const form = { ...emptyForm(place), item: 'LD01', text: '二楼堆了纸箱', phone: '' };
const matter = { form, place, item, itemVersion: 1, publish: false };

test('a matter that comes back as a sensitive one leaves a slip that others stand on, and keeps its digits', async () => {
  const { engine } = await openPhone();
  const first = logRequests(matter, NOTHING_YET, madeAfter(0));
  await engine.save(first.requests);
  const shared = reuseAt(engine.view, MEMBER, { place, sensitive: false, slipId: null }, Date.now());
  const second = logRequests(matter, shared, madeAfter(10));
  await engine.save(second.requests);
  expect([shared.slip?.id, second.slipId]).toEqual([first.slipId, first.slipId]);

  const slip = { id: first.slipId, code: '', proof: 'pin', todo: 'nothing' } as const;
  const contact = shared.contact && { ...shared.contact, proof: null };
  const again = leaveSharedSlip(engine.view, place, { ...shared, ticketId: second.ticketId, contact, slip });
  expect([again.slip, again.contact]).toEqual([null, { ...contact, proof: 'pin' }]);
  const sensitive = { ...matter, item: { ...item, sensitive: true }, form: { ...form, sensitive: true } };
  const { requests, slipId } = logRequests(sensitive, again, madeAfter(20));
  expect(requests.map(({ name }) => name)).toEqual(['ticket.log', 'slip.issue']);
  expect(slipId).not.toBe(first.slipId);
});

test('one that stands on its slip alone keeps it', async () => {
  const { engine } = await openPhone();
  const first = logRequests(matter, NOTHING_YET, madeAfter(0));
  await engine.save(first.requests);
  const slip = { id: first.slipId, code: '', proof: 'pin', todo: 'nothing' } as const;
  const alone = { ...NOTHING_YET, ticketId: first.ticketId, slip };
  expect(leaveSharedSlip(engine.view, place, alone)).toBe(alone);
});

test('one that comes back as a sensitive one leaves a slip that is not here, unless it is to be issued with it alone', async () => {
  const { engine } = await openPhone();
  const on = (todo: 'issue' | 'add' | 'nothing') => {
    const slip = { id: madeAfter(0).slip, code: '', proof: 'pin', todo } as const;
    return leaveSharedSlip(engine.view, place, { ...NOTHING_YET, ticketId: madeAfter(0).ticket, slip }).slip;
  };
  expect([on('add'), on('nothing'), on('issue')?.todo]).toEqual([null, null, 'issue']);
});

test('a named slip is gone on with only at the place of its matters', async () => {
  const { engine } = await openPhone();
  const whole = placeInBuilding(BUILDING, {});
  const first = logRequests({ ...matter, place: whole, form: { ...form, place: whole } }, NOTHING_YET, madeAfter(0));
  await engine.save(first.requests);
  const reuse = (at: Place) =>
    reuseAt(engine.view, MEMBER, { place: at, sensitive: false, slipId: first.slipId }, Date.now());
  expect(reuse(whole).slip?.id).toBe(first.slipId);
  expect(reuse(place)).toEqual(NOTHING_YET);
  expect(reuse(placeInGrid(whole.communityId, whole.gridId, '第一网格'))).toEqual(NOTHING_YET);
});
