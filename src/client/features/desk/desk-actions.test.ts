import { expect, test } from 'vitest';
import type { TicketState } from '../../../domain/ticket/ticket.ts';
import { DESK_ACTIONS, deskActions } from './desk-actions.ts';
import type { DeskAction } from './desk-actions.ts';
import { ticketWith } from './ticket-for-tests.ts';

const all = (): boolean => true;
const none = (): boolean => false;

test('each state has at most one primary step, and it is the one that the desk is there for', () => {
  const primary = (state: TicketState) => deskActions(ticketWith({ state }), all).primary;
  expect(primary('logged')).toBe('accept');
  expect(primary('accepted')).toBe('publish');
  expect(primary('dispatched')).toBe('start');
  expect(primary('inProgress')).toBe('resolve');
  expect(primary('resolved')).toBe('followUp');
  expect(primary('suspended')).toBe('resume');
  expect(primary('published')).toBeNull();
  expect(primary('closed')).toBeNull();
});

test('an accepted problem is dispatched, an accepted wish published', () => {
  expect(deskActions(ticketWith({ state: 'accepted', kind: 'issue' }), all).primary).toBe('dispatch');
});

test('a wish whose resident did not agree to the wall is dispatched instead', () => {
  const consent = { ...ticketWith().consent, publish: false };
  expect(deskActions(ticketWith({ state: 'accepted', consent }), all).primary).toBe('dispatch');
});

test('a problem without consent to the wall does not offer it, a wish does and says why', () => {
  const consent = { ...ticketWith().consent, publish: false };
  const offered = (kind: 'issue' | 'wish') => deskActions(ticketWith({ kind, state: 'accepted', consent }), all).more;
  expect(offered('issue')).not.toContain('publish');
  expect(offered('wish')).toContain('publish');
});

test('what the policy refuses is not shown', () => {
  expect(deskActions(ticketWith(), none)).toEqual({ primary: null, more: [] });
  const only = (action: DeskAction) => action === 'return';
  expect(deskActions(ticketWith(), only)).toEqual({ primary: null, more: ['return'] });
});

test('a claimer reports on their own: the desk has no next step then', () => {
  const entry = {
    id: 'e',
    at: 1,
    action: 'claimed' as const,
    byId: 'm',
    byName: '李伟',
    byRole: 'claimer' as const,
    text: '',
    open: true,
  };
  expect(deskActions(ticketWith({ state: 'inProgress', timeline: [entry] }), all).primary).toBeNull();
});

test('after 不满意 the next step is to take it up again', () => {
  expect(deskActions(ticketWith({ state: 'resolved', satisfaction: 'dissatisfied' }), all).primary).toBe('reopen');
});

test('the primary step is not listed again', () => {
  const { primary, more } = deskActions(ticketWith(), all);
  expect(more).not.toContain(primary);
  expect(more).toHaveLength(DESK_ACTIONS.length - 1);
});
