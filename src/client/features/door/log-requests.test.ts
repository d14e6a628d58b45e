import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import { contactPutArgs } from '../../../domain/contact/contact-args.ts';
import { slipAddArgs, slipIssueArgs } from '../../../domain/slip/slip-args.ts';
import { ticketLogArgs } from '../../../domain/ticket/ticket-args.ts';
import { visitRecordArgs } from '../../../domain/visit/visit-args.ts';
import type { SaveRequest } from '../../../sync/engine-api.ts';
import { emptyForm, type LogForm } from './log-form.ts';
import { logRequests, NOTHING_YET, type Reuse } from './log-requests.ts';
import { madeAfter } from './made-for-tests.ts';
import { placeInGrid } from './place-of.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const item: CatalogueItem = {
  code: 'XS04',
  name: '窗户、纱窗、玻璃修补或改装',
  nameEn: 'Windows and screens',
  kind: 'both',
  tier: 'P2',
  leadUnit: '能工巧匠队',
  sensitive: false,
  disabled: false,
  sayings: [],
  sayingsPinyin: [],
  pinyin: '',
  initials: '',
  cardText: '',
};
const room = {
  ...placeInGrid(id(90), id(91), ''),
  estateId: id(92),
  buildingId: id(93),
  entranceId: id(94),
  floorId: id(95),
  roomId: id(96),
};
const door = { ...room, estateName: '凤凰苑', label: '凤凰苑 3幢 1单元 302' };
const form: LogForm = { ...emptyForm(door), item: 'XS04', kind: 'wish', text: ' 纱窗破了 ' };
const save = (over: Partial<LogForm> = {}, reuse: Partial<Reuse> = {}, what: Partial<CatalogueItem> = {}) => {
  const full = { ...form, ...over };
  const matter = { form: full, place: full.place ?? door, item: { ...item, ...what }, itemVersion: 1, publish: true };
  return logRequests(matter, { ...NOTHING_YET, ...reuse }, madeAfter(0));
};
const args = (requests: SaveRequest[], name: string): unknown => requests.find((one) => one.name === name)?.args;
const names = (requests: SaveRequest[]): string[] => requests.map((one) => one.name);

test('a first matter at a door saves visit, contact, matter and slip together', () => {
  const { requests, ticketId, slipId } = save();
  expect(requests.map(({ space, name }) => `${space} ${name}`)).toEqual([
    `grid:${id(91)} visit.record`,
    `contact:${id(91)} contact.put`,
    `grid:${id(91)} ticket.log`,
    `grid:${id(91)} slip.issue`,
  ]);
  const ticket = v.parse(ticketLogArgs, args(requests, 'ticket.log'));
  const slip = v.parse(slipIssueArgs, args(requests, 'slip.issue'));
  const visit = v.parse(visitRecordArgs, args(requests, 'visit.record'));
  const contact = v.parse(contactPutArgs, args(requests, 'contact.put'));
  expect(ticket).toMatchObject({ id: ticketId, slipId, visitId: visit.id, contactId: contact.id, text: '纱窗破了' });
  expect(slip).toMatchObject({ id: slipId, ticketIds: [ticketId], contactId: contact.id, visitId: visit.id });
  expect(visit.outcome).toBe('met');
});

test('without a telephone the slip opens with a PIN, with one by its last digits', () => {
  const without = save().requests;
  expect(args(without, 'contact.put')).toMatchObject({ phone: '', pin: '0042' });
  expect(args(without, 'slip.issue')).toMatchObject({ proof: 'pin' });
  const withPhone = save({ phone: ' 0571-8600 1234 ', name: '潘' }).requests;
  expect(args(withPhone, 'contact.put')).toMatchObject({ name: '潘', phone: '0571-8600 1234', pin: '' });
  expect(args(withPhone, 'slip.issue')).toMatchObject({ proof: 'phone' });
});

test('a further matter of the same visit goes onto the same slip and asks nothing again', () => {
  const { requests, slipId } = save(
    {},
    {
      visit: { id: id(50), record: false },
      contact: { id: id(51), pin: '', put: false, proof: 'pin' },
      slip: { id: id(52), code: '0123456789', proof: 'pin', todo: 'add' },
    },
  );
  expect(names(requests)).toEqual(['ticket.log', 'slip.add']);
  expect(v.parse(ticketLogArgs, args(requests, 'ticket.log'))).toMatchObject({ visitId: id(50), contactId: id(51) });
  expect(v.parse(slipAddArgs, args(requests, 'slip.add')).id).toBe(slipId);
});

test('a sensitive matter gets a slip of its own, opened by the digits that the resident knows', () => {
  const { requests } = save(
    { sensitive: true },
    { visit: { id: id(50), record: false }, contact: { id: id(51), pin: '', put: false, proof: 'phone' } },
    { sensitive: true },
  );
  expect(names(requests)).toEqual(['ticket.log', 'slip.issue']);
  expect(args(requests, 'slip.issue')).toMatchObject({ contactId: id(51), proof: 'phone' });
  expect(args(requests, 'ticket.log')).toMatchObject({ consent: { sensitive: true } });
});

test('a matter of the stairwell is no visit', () => {
  const { requests } = save({ place: { ...door, roomId: null } });
  expect(names(requests)).toEqual(['contact.put', 'ticket.log', 'slip.issue']);
  expect(args(requests, 'ticket.log')).toMatchObject({ visitId: null });
});

test('consent keeps how it was given, the version of the notice and whether the need may be shown', () => {
  const signature = [[0, 0, 500, 500]];
  expect(args(save({ how: 'signed', signature }).requests, 'ticket.log')).toMatchObject({
    consent: { how: 'signed', signature, publish: true, sensitive: null, record: true, version: '2026-11' },
  });
  // Strokes drawn before the resident chose to speak are not kept.
  expect(args(save({ how: 'spoken', signature }).requests, 'ticket.log')).toMatchObject({
    consent: { signature: null },
  });
});

test('a matter that is sent again keeps its id, its code and the PIN that the resident holds', () => {
  const { requests, ticketId } = save(
    { phone: '' },
    {
      ticketId: id(60),
      contact: { id: id(51), pin: '7788', put: true, proof: 'pin' },
      slip: { id: id(52), code: '9876543210', proof: 'pin', todo: 'issue' },
    },
  );
  expect(ticketId).toBe(id(60));
  expect(args(requests, 'contact.put')).toMatchObject({ id: id(51), pin: '7788' });
  expect(args(requests, 'slip.issue')).toMatchObject({ code: '9876543210', ticketIds: [id(60)] });
});
