import { expect, test } from 'vitest';
import * as v from 'valibot';
import {
  ticketAcceptArgs,
  ticketDispatchArgs,
  ticketFollowUpArgs,
  ticketIdArgs,
  ticketMergeArgs,
  ticketProgressArgs,
  ticketPublishArgs,
  ticketReasonArgs,
  ticketResolveArgs,
  ticketStartArgs,
  ticketSuspendArgs,
} from '../../../domain/ticket/ticket-args.ts';
import { argsOf, draftFor, missingIn, unitsIn } from './action-form.ts';
import { DESK_ACTIONS } from './desk-actions.ts';
import { ticketWith } from './ticket-for-tests.ts';

const ID = '0190a0b0-0000-7000-8000-000000000001';
/** 2026-11-23 09:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 23, 1);
const from = { cardText: '希望修补纱窗', leadUnit: '物业/社区', reviewOn: '2026-12-23' };
const filled = {
  ...draftFor(ticketWith(), from),
  reason: '没写清在几楼',
  into: '0190a0b0-0000-7000-8000-000000000002',
  text: '已约物业',
  result: '换好了',
  satisfaction: 'satisfied',
};

const SCHEMAS = {
  accept: ticketAcceptArgs,
  publish: ticketPublishArgs,
  dispatch: ticketDispatchArgs,
  start: ticketStartArgs,
  progress: ticketProgressArgs,
  resolve: ticketResolveArgs,
  followUp: ticketFollowUpArgs,
  resume: ticketIdArgs,
  suspend: ticketSuspendArgs,
  merge: ticketMergeArgs,
  return: ticketReasonArgs,
  decline: ticketReasonArgs,
  unpublish: ticketReasonArgs,
  reopen: ticketReasonArgs,
};

test.each(DESK_ACTIONS)('a filled form of %s fits the schema of its mutation', (action) => {
  expect(missingIn(action, filled, NOW)).toEqual([]);
  expect(v.safeParse(SCHEMAS[action], argsOf(action, ID, ticketWith(), filled)).success).toBe(true);
});

test('what is needed and empty is named', () => {
  const empty = { ...draftFor(ticketWith(), from), outcome: '' };
  expect(missingIn('resolve', empty, NOW)).toEqual(['outcome', 'result']);
  expect(missingIn('return', { ...empty, reason: '  ' }, NOW)).toEqual(['reason']);
  expect(missingIn('start', empty, NOW)).toEqual([]);
  const suspend = { ...empty, reason: '等改造' };
  expect(missingIn('suspend', { ...suspend, reviewOn: '2026-11-22' }, NOW)).toEqual(['reviewOn']);
  expect(missingIn('suspend', { ...suspend, reviewOn: '2026-12-24' }, NOW)).toEqual([]);
  expect(missingIn('suspend', { ...suspend, reviewOn: '2026-12-25' }, NOW)).toEqual(['reviewOn']);
});

test('an unchanged tier is left as it is', () => {
  expect(argsOf('accept', ID, ticketWith({ tier: 'P2' }), { ...filled, tier: 'P2' })).toMatchObject({ tier: null });
  expect(argsOf('accept', ID, ticketWith({ tier: 'P2' }), { ...filled, tier: 'P1' })).toMatchObject({ tier: 'P1' });
});

test('the card text comes from the catalogue, never from what was written at the door', () => {
  expect(draftFor(ticketWith({ text: '302室王阿姨的纱窗' }), from).cardText).toBe('希望修补纱窗');
});

test('a sensitive ticket never goes to the open wall', () => {
  const ticket = ticketWith({ sensitive: true });
  expect(draftFor(ticket, from).public).toBe(false);
  expect(argsOf('publish', ID, ticket, { ...filled, public: true })).toMatchObject({ public: false });
});

test('joint units are parted however they were written, once each and without the lead', () => {
  expect(unitsIn('物业、社区\uFF0C城管;物业')).toEqual(['物业', '社区', '城管']);
  const draft = { ...filled, leadUnit: '物业', jointUnits: '物业、社区' };
  expect(argsOf('dispatch', ID, ticketWith(), draft)).toMatchObject({ jointUnits: ['社区'] });
});
