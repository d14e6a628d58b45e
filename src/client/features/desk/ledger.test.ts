import { expect, test } from 'vitest';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { ledgerFiltersSet, matchesLedger, noLedgerFilter } from './ledger-filter.ts';
import { collectLedger } from './ledger-page.ts';
import { ticketWith } from './ticket-for-tests.ts';

const row = (n: number): ViewRecord<'ticket'> => ({
  space: 'grid:g1',
  kind: 'ticket',
  id: String(n).padStart(5, '0'),
  ver: 1,
  deleted: false,
  pending: false,
  data: ticketWith({ loggedAt: n, urgent: n % 10 === 0 }),
});

/** As the view reads: ascending, behind (sort, id). */
const reader = (count: number) => {
  const rows = Array.from({ length: count }, (_, n) => row(n));
  const asked: number[] = [];
  const read = (after: { sort: number; id: string } | undefined, limit: number) => {
    const from = after ? rows.findIndex((entry) => entry.id === after.id) + 1 : 0;
    asked.push(from);
    return rows.slice(from, from + limit);
  };
  return { read, asked };
};

test('a screen of rows is read without walking the whole ledger', () => {
  const { read, asked } = reader(5000);
  const page = collectLedger(read, () => true, 40);
  expect(page.rows).toHaveLength(40);
  expect(page.complete).toBe(false);
  expect(asked).toEqual([0]);
});

test('a narrow filter walks on until enough rows match, none twice', () => {
  const { read } = reader(1000);
  const page = collectLedger(read, (entry) => entry.data.urgent, 40);
  expect(page.rows.map((entry) => entry.data.loggedAt)).toEqual(Array.from({ length: 40 }, (_, n) => n * 10));
  expect(page.complete).toBe(false);
});

test('the end is known when exactly as many match as were wanted', () => {
  expect(collectLedger(reader(40).read, () => true, 40)).toMatchObject({ complete: true });
  expect(collectLedger(reader(200).read, () => true, 200)).toMatchObject({ complete: true });
  expect(collectLedger(reader(0).read, () => true, 40)).toEqual({ rows: [], complete: true });
});

const matches = (over: object, ticket = ticketWith()) =>
  matchesLedger(ticket, { ...noLedgerFilter(), ...over }, 'me', '门窗纱窗修补');

test('each filter narrows the ledger', () => {
  expect(matches({})).toBe(true);
  expect(matches({ kind: 'issue' })).toBe(false);
  expect(matches({ classCode: 'LD' })).toBe(false);
  expect(matches({ gridId: 'g2' })).toBe(false);
  expect(matches({ estateId: 'e2' })).toBe(false);
  expect(matches({ buildingId: 'b1' })).toBe(true);
  expect(matches({ urgent: true })).toBe(false);
});

test('mine are those that I handle or logged', () => {
  expect(matches({ mine: true })).toBe(false);
  expect(matches({ mine: true }, ticketWith({ handlerId: 'me' }))).toBe(true);
  expect(matches({ mine: true }, ticketWith({ loggedBy: 'me' }))).toBe(true);
});

test('the search looks into text, item and place, and needs every word', () => {
  expect(matches({ search: '蚊子 3幢' })).toBe(true);
  expect(matches({ search: 'jc01' })).toBe(true);
  expect(matches({ search: '修补' })).toBe(true);
  expect(matches({ search: '蚊子 5幢' })).toBe(false);
});

test('search and order are no filters of their own', () => {
  expect(ledgerFiltersSet({ ...noLedgerFilter(), search: '纱窗', order: 'asc' })).toBe(0);
  expect(ledgerFiltersSet({ ...noLedgerFilter(), state: 'open', mine: true })).toBe(2);
  expect(ledgerFiltersSet({ ...noLedgerFilter(), due: 'overdue' })).toBe(1);
});
