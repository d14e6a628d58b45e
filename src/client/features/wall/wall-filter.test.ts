import { expect, test } from 'vitest';
import type { Card } from '../../../domain/card/card.ts';
import { byUrgencyThenNewest, filtersSet, matchesWall, noWallFilter } from './wall-filter.ts';

const card = (over: Partial<Card>): Card => ({
  ticketId: 't',
  gridId: 'g',
  communityId: 'c1',
  kind: 'wish',
  item: 'JC03',
  itemVersion: 1,
  text: '老人家的纱窗破了,想请人修补',
  where: '凤凰苑',
  sensitive: false,
  public: true,
  urgent: false,
  state: 'open',
  claim: null,
  publishedAt: 0,
  updatedAt: 0,
  ...over,
});

test('an empty filter lets every card through', () => {
  expect(matchesWall(card({}), noWallFilter(), [])).toBe(true);
});

test('community, class and urgency each narrow the wall', () => {
  const filter = noWallFilter();
  expect(matchesWall(card({}), { ...filter, communityId: 'c2' }, [])).toBe(false);
  expect(matchesWall(card({}), { ...filter, classCode: 'LD' }, [])).toBe(false);
  expect(matchesWall(card({}), { ...filter, classCode: 'JC' }, [])).toBe(true);
  expect(matchesWall(card({}), { ...filter, urgent: true }, [])).toBe(false);
});

test('every searched word has to be found, in the text, the place or the further words', () => {
  const search = (text: string) => matchesWall(card({}), { ...noWallFilter(), search: text }, ['门窗纱窗修补', 'XGS']);
  expect(search('纱窗 凤凰')).toBe(true);
  expect(search(' xgs ')).toBe(true);
  expect(search('纱窗 望江')).toBe(false);
});

test('the number of set filters leaves the search out', () => {
  expect(filtersSet({ communityId: 'c1', classCode: '', urgent: true, search: '纱窗' })).toBe(2);
});

test('urgent cards stand first, then the newest', () => {
  const old = card({ text: 'old', publishedAt: 1, urgent: true });
  const middle = card({ text: 'middle', publishedAt: 2 });
  const fresh = card({ text: 'fresh', publishedAt: 3 });
  expect([middle, old, fresh].toSorted(byUrgencyThenNewest).map((c) => c.text)).toEqual(['old', 'fresh', 'middle']);
});
