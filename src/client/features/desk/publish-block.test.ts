import { expect, test } from 'vitest';
import { cardTextWarnings, publishBlock } from './publish-block.ts';
import { ticketWith } from './ticket-for-tests.ts';

const consent = ticketWith().consent;

test('nothing goes onto the wall without the consent to show it', () => {
  expect(publishBlock(ticketWith())).toBeNull();
  expect(publishBlock(ticketWith({ consent: { ...consent, publish: false } }))).toBe('noConsent');
});

test('a sensitive matter needs the separate consent too', () => {
  expect(publishBlock(ticketWith({ sensitive: true }))).toBe('noSensitiveConsent');
  expect(publishBlock(ticketWith({ sensitive: true, consent: { ...consent, sensitive: false } }))).toBe(
    'noSensitiveConsent',
  );
  expect(publishBlock(ticketWith({ sensitive: true, consent: { ...consent, sensitive: true } }))).toBeNull();
});

test('telephones, doors and identity numbers in a card text are pointed out', () => {
  expect(cardTextWarnings('请打 138 0571 2345')).toEqual(['phone']);
  expect(cardTextWarnings('凤凰苑3幢302室的纱窗')).toEqual(['door']);
  expect(cardTextWarnings('住 3-2-302')).toEqual(['door']);
  expect(cardTextWarnings('证号330102194901011234')).toEqual(['idCard']);
});

test('a plain need is let be', () => {
  expect(cardTextWarnings('一位80岁的老人希望修补3扇纱窗,预算500元')).toEqual([]);
});
