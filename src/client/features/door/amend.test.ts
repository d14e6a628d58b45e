import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ticketAmendArgs } from '../../../domain/ticket/ticket-args.ts';
import { editsOf } from './amend.ts';

const before = { text: '纱窗破了', item: 'XS04', urgent: false };

test('only what changed is named, with what it was', () => {
  const edits = editsOf(before, { text: ' 纱窗破了，两扇 ', item: 'XS04', urgent: true });
  expect(edits).toEqual({ text: { from: '纱窗破了', to: '纱窗破了，两扇' }, urgent: { from: false, to: true } });
  expect(v.safeParse(ticketAmendArgs, { id: '00000000-0000-7000-8000-000000000001', ...edits }).success).toBe(true);
});

test('an item is changed from what it was', () => {
  expect(editsOf(before, { ...before, item: 'XS03' })).toEqual({ item: { from: 'XS04', to: 'XS03' } });
});

test('nothing changed is no edit', () => {
  expect(editsOf(before, { ...before, text: '纱窗破了 ' })).toBeNull();
});
