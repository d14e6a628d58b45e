import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import type { SaveState, Waiting } from '../../../sync/engine-api.ts';
import { emptyForm } from './log-form.ts';
import { logRequests, NOTHING_YET } from './log-requests.ts';
import { madeAfter } from './made-for-tests.ts';
import { placeInGrid } from './place-of.ts';
import { readRefused } from './resend.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const place = { ...placeInGrid(id(90), id(91), ''), buildingId: id(93), roomId: id(96), label: '凤凰苑 3幢 302' };
const item = { code: 'LD01', sensitive: false } as CatalogueItem;
const form = { ...emptyForm(place), item: 'LD01', text: '二楼堆了纸箱', name: '潘' };
const first = logRequests({ form, place, item, itemVersion: 1, publish: false }, NOTHING_YET, madeAfter(0));

/** The outbox after that save, with the named mutations refused. */
const outbox = (code: string, ...refused: string[]): Waiting[] =>
  first.requests.map(({ space, name, v, args, about }, at) => {
    const state: SaveState = refused.includes(name) ? 'attention' : 'delivered';
    const row = {
      mid: `mid ${name}`,
      space,
      seq: at + 1,
      name,
      v,
      args,
      at,
      saveId: 'one',
      about: about ?? null,
      asideAt: null,
      settledAt: null,
    };
    const status = state === 'attention' ? ('rejected' as const) : ('applied' as const);
    return {
      row,
      state,
      receipt: { seq: at + 1, mid: row.mid, status, code: refused.length ? code : '', data: {}, ver: 1 },
    };
  });
const again = (code: string, ...refused: string[]) => {
  const resend = readRefused(outbox(code, ...refused), 'mid ticket.log');
  if (!resend) throw new Error('not read');
  const save = logRequests(
    { form: resend.form, place, item, itemVersion: 1, publish: resend.publish },
    resend.reuse,
    madeAfter(40),
  );
  return { resend, ...save, names: save.requests.map(({ name }) => name) };
};

test('everything that was typed comes back', () => {
  expect(again('itemUnknown', 'ticket.log').resend.form).toEqual(form);
});

test('a refused matter goes again under its id, for the slip at the door names it', () => {
  const { names, ticketId, slipId, resend } = again('itemUnknown', 'ticket.log');
  expect([ticketId, slipId]).toEqual([first.ticketId, first.slipId]);
  expect(names).toEqual(['ticket.log']);
  expect(resend.replaced).toEqual(['mid ticket.log']);
});

test('what was refused with it goes again with it', () => {
  const { names, requests, resend } = again('noAccess', 'visit.record', 'contact.put', 'ticket.log', 'slip.issue');
  expect(names).toEqual(['visit.record', 'contact.put', 'ticket.log', 'slip.issue']);
  expect(requests.map(({ args }) => args)).toEqual(first.requests.map(({ args }) => args));
  expect(resend.replaced).toHaveLength(4);
});

test('an id that was taken is given up, and the slip learns the new one', () => {
  const { names, ticketId } = again('exists', 'ticket.log');
  expect(ticketId).not.toBe(first.ticketId);
  expect(names).toEqual(['ticket.log', 'slip.add']);
});

test('a contact that stands is corrected by what differs, and written anew where nothing of it does', () => {
  const send = (...refused: string[]) => {
    const resend = readRefused(outbox('itemUnknown', 'ticket.log', ...refused), 'mid ticket.log');
    if (!resend) throw new Error('not read');
    const corrected = { ...resend.form, name: '潘玉兰', phone: '19900001234' };
    const matter = { form: corrected, place, item, itemVersion: 1, publish: false };
    return { resend, contact: logRequests(matter, resend.reuse, madeAfter(40)).requests[0] };
  };
  expect(send().contact).toMatchObject({
    name: 'contact.amend',
    args: { name: { from: '潘', to: '潘玉兰' }, phone: { from: '', to: '19900001234' } },
  });
  expect(send('contact.put').contact).toMatchObject({ name: 'contact.put', args: { name: '潘玉兰', pin: '0042' } });
});

test('a second sending corrects from the first, and a refused correction is typed again and stands nowhere', () => {
  const rows = outbox('itemUnknown', 'ticket.log');
  const put = rows.find(({ row }) => row.name === 'contact.put');
  if (!put) throw new Error('no contact');
  const { id: contactId } = put.row.args as { id: string };
  const amend = (seq: number, from: string, to: string, status: 'applied' | 'rejected'): Waiting => ({
    ...put,
    row: { ...put.row, name: 'contact.amend', seq, at: seq, args: { id: contactId, name: { from, to } } },
    receipt: put.receipt && { ...put.receipt, status },
  });
  const resend = readRefused(
    [amend(9, '潘玉', '潘玉兰', 'rejected'), amend(8, '潘', '潘玉', 'applied'), ...rows],
    'mid ticket.log',
  );
  expect(resend?.form.name).toBe('潘玉兰');
  expect(resend?.reuse.contact?.standing?.data.name).toBe('潘玉');
});

test('in another grid the contact is written there, for nothing of it stands in it', () => {
  const resend = readRefused(outbox('wrongPlace', 'ticket.log'), 'mid ticket.log');
  if (!resend) throw new Error('not read');
  const elsewhere = { ...place, gridId: id(92) };
  const matter = { form: resend.form, place: elsewhere, item, itemVersion: 1, publish: false };
  const [contact] = logRequests(matter, resend.reuse, madeAfter(40)).requests;
  expect(contact).toMatchObject({ name: 'contact.put', space: `contact:${id(92)}` });
});

test('what is no refused matter is not read', () => {
  expect(readRefused(outbox('state', 'ticket.log'), 'mid slip.issue')).toBeUndefined();
  expect(readRefused([], 'mid ticket.log')).toBeUndefined();
});
