import type { Card } from '../../../domain/card/card.ts';

export const WALL_STATES = ['open', 'claimed', 'fulfilled'] as const;
export type WallState = (typeof WALL_STATES)[number];

/** Empty text means: all of them. */
export interface WallFilter {
  communityId: string;
  classCode: string;
  urgent: boolean;
  search: string;
}

export const noWallFilter = (): WallFilter => ({ communityId: '', classCode: '', urgent: false, search: '' });

/** How many filters besides the search are set, for the button that opens them. */
export const filtersSet = (filter: WallFilter): number =>
  Number(filter.communityId !== '') + Number(filter.classCode !== '') + Number(filter.urgent);

/** An item's code begins with the two letters of its class. */
export const classOf = (item: string): string => item.slice(0, 2);

/** `words` are further texts of the card that can be searched, such as the item's and the community's name. */
export function matchesWall(card: Card, filter: WallFilter, words: readonly string[]): boolean {
  if (filter.communityId !== '' && card.communityId !== filter.communityId) return false;
  if (filter.classCode !== '' && classOf(card.item) !== filter.classCode) return false;
  if (filter.urgent && !card.urgent) return false;
  const wanted = filter.search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const text = [card.text, card.where, ...words].join(' ').toLowerCase();
  return wanted.every((word) => text.includes(word));
}

/** Urgent ones first, then the newest. */
export const byUrgencyThenNewest = (a: Card, b: Card): number =>
  Number(b.urgent) - Number(a.urgent) || b.publishedAt - a.publishedAt;
