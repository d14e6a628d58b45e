import type { Catalogue, CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import { findItem } from '../../../domain/catalogue/find-item.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';

export const SUGGESTED = 8;

/** What doors speak of most, for a grid that has no matters of its own yet (the trades' own counts). */
const USUAL = ['LD02', 'LD01', 'WY09', 'TC02', 'DL04', 'XS04', 'XF01', 'GP05'];

/** Own recent items first, then what the grid logs most, then the usual ones; each once, none that is disabled. */
export function suggestedItems(
  catalogue: Catalogue,
  latestFirst: readonly Pick<Ticket, 'item' | 'loggedBy'>[],
  memberId: string,
): CatalogueItem[] {
  const own = latestFirst.filter(({ loggedBy }) => loggedBy === memberId).map(({ item }) => item);
  const counts = new Map<string, number>();
  for (const { item } of latestFirst) counts.set(item, (counts.get(item) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1]).map(([item]) => item);
  const recent = [...new Set(own)].slice(0, SUGGESTED / 2);
  return [...new Set([...recent, ...common, ...USUAL])]
    .map((code) => findItem(catalogue, code))
    .filter((item): item is CatalogueItem => item !== undefined && !item.disabled)
    .slice(0, SUGGESTED);
}
