// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPinia } from 'pinia';
import { mount } from '@vue/test-utils';
import { clockOf, clockRulesOf } from '../../../domain/term/clock.ts';
import type { Ticket, TimelineAction } from '../../../domain/ticket/ticket.ts';
import { createMessages } from '../../../i18n/create-i18n.ts';
import DueLamp from './DueLamp.vue';
import { useDueWords } from './use-due-words.ts';

const rules = clockRulesOf(undefined, []);
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const LOGGED = at('2026-11-23T10:00');
const { i18n, loadRooms } = createMessages();

const ticket = (...steps: [TimelineAction, string][]): Ticket =>
  ({
    tier: 'P2',
    loggedAt: LOGGED,
    timeline: steps.map(([action, when]) => ({ action, at: at(when) })),
  }) as unknown as Ticket;
const accepted: [TimelineAction, string] = ['accepted', '2026-11-23T11:00'];

beforeEach(async () => {
  await loadRooms(['term']);
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

function lamp(now: string, ...steps: [TimelineAction, string][]) {
  vi.setSystemTime(at(now));
  const one = mount(DueLamp, {
    props: { ticket: ticket(...steps), rules },
    global: { plugins: [i18n, createPinia()] },
  });
  const found = one.find('[data-lamp]');
  return { text: one.text(), lamp: found.exists() ? found.attributes('data-lamp') : undefined };
}

test('a lamp says in words what is left, and what for', () => {
  expect(lamp('2026-11-23T10:30')).toEqual({ lamp: 'green', text: '还有 1 个工作日受理' });
  expect(lamp('2026-11-23T12:00', accepted)).toEqual({ lamp: 'green', text: '还有 5 个工作日办结' });
  expect(lamp('2026-12-01T03:20', accepted)).toEqual({ lamp: 'red', text: '已超时 3 小时' });
});

test('nearly due is told to the ear as well', () => {
  const { text, lamp: look } = lamp('2026-11-24T09:00');
  expect(look).toBe('yellow');
  expect(text.replace(/\s/g, '')).toBe('快到期，今天内受理');
});

test('while it stands still, and when it is done, there is no lamp', () => {
  expect(lamp('2026-12-20T09:00', accepted, ['suspended', '2026-11-24T09:00']).text).toBe('');
  expect(lamp('2026-12-20T09:00', accepted, ['resolved', '2026-11-24T09:00']).text).toBe('');
});

test('the facts name the last day of a term, and whether it was kept', () => {
  vi.setSystemTime(at('2026-11-25T09:00'));
  let say: ReturnType<typeof useDueWords> | undefined;
  const Host = { setup: () => ((say = useDueWords()), () => null) };
  mount(Host, { global: { plugins: [i18n, createPinia()] } });
  const facts = (leg: 'respond' | 'finish', ...steps: [TimelineAction, string][]) =>
    say?.legWords(clockOf(ticket(...steps), rules), leg, rules, at('2026-11-25T09:00'));
  expect(facts('respond', accepted)).toBe('11月24日 周二，按时');
  expect(facts('respond', ['accepted', '2026-11-25T08:00'])).toBe('11月24日 周二，晚了');
  expect(facts('finish', accepted)).toBe('11月30日 周一，还有 3 个工作日');
  expect(facts('finish')).toBe('11月30日 周一');
  expect(facts('finish', accepted, ['suspended', '2026-11-24T09:00'])).toBe('挂账期间不计时');
  expect(say?.tierWords('P0', rules)).toBe('先打电话，2 小时内受理，24 小时内办结');
});
