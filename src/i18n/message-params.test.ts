import { expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import consent from './zh-CN/consent.json' with { type: 'json' };
import notice from './zh-CN/notice.json' with { type: 'json' };
import refusal from './zh-CN/refusal.json' with { type: 'json' };
import ticket from './zh-CN/ticket.json' with { type: 'json' };
import { messageParams, noticeKey } from './message-params.ts';

const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  messages: { 'zh-CN': { consent, notice, refusal, ticket } },
});
const word = (key: string, params: Record<string, string | number> = {}): string => i18n.global.t(key, params);
const sentence = (key: string, data: Record<string, string | number>): string => word(key, messageParams(data, word));

test('a lost claim names the winner and the time', () => {
  const data = { winnerName: '李伟', at: Date.UTC(2026, 10, 23, 6, 5) };
  expect(sentence('refusal.claimTaken', data)).toContain('由李伟在 11月23日 周一 14:05 先认领了');
});

test('a refused step names the state in words', () => {
  expect(sentence('refusal.state', { state: 'withdrawn' })).toContain('“已撤回”');
});

test('a confirmed wish tells the rating where there is one', () => {
  const rated = { satisfaction: 'fairlySatisfied' };
  expect(sentence(noticeKey('wishConfirmed', rated), rated)).toContain('“基本满意”');
  expect(sentence(noticeKey('wishConfirmed', {}), {})).toBe(notice.wishConfirmedUnrated);
  expect(noticeKey('claimLost', {})).toBe('notice.claimLost');
});

test('a version of the consent notice is found by its name', () => {
  expect(word('consent.versions.2026-11.intro')).toBe(consent.versions['2026-11'].intro);
});
