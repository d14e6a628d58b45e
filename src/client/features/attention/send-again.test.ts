import { expect, test } from 'vitest';
import type { OutboxRow } from '../../../sync/outbox-port.ts';
import { sendAgain } from './send-again.ts';

const row = (args: unknown): OutboxRow => ({
  mid: 'm1',
  space: 'grid:g1',
  seq: 4,
  name: 'ticket.amend',
  v: 1,
  args,
  at: 1,
  saveId: 's1',
  about: { kind: 'ticket', id: 't1' },
  asideAt: null,
  settledAt: 2,
});

test('corrected words go in, everything else stays as it was', () => {
  const again = sendAgain(row({ id: 't1', reason: '太短', place: { label: '3幢' } }), { reason: '写清楚了' });

  expect(again).toEqual({
    space: 'grid:g1',
    name: 'ticket.amend',
    v: 1,
    args: { id: 't1', reason: '写清楚了', place: { label: '3幢' } },
    about: { kind: 'ticket', id: 't1' },
  });
});

test('an edit keeps what it changes from', () => {
  const again = sendAgain(row({ id: 't1', text: { from: '旧', to: '新' } }), { text: '更新' });

  expect(again.args).toEqual({ id: 't1', text: { from: '旧', to: '更新' } });
});

test('the row itself is not changed', () => {
  const refused = row({ id: 't1', reason: '太短' });

  sendAgain(refused, { reason: '写清楚了' });

  expect(refused.args).toEqual({ id: 't1', reason: '太短' });
});
