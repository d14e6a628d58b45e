/**
 * A space is the unit of order, permission and revocation (design §4).
 * Its id says its kind and what it belongs to: `office`, `community:<id>`, `grid:<id>`,
 * `contact:<gridId>`, `wall:<communityId>`, `member:<id>`.
 */
export type SpaceKind = 'office' | 'community' | 'grid' | 'contact' | 'wall' | 'member';

export type SpaceId = string;

export interface Space {
  kind: SpaceKind;
  /** What follows the colon; empty for the office. */
  owner: string;
}

export const OFFICE: SpaceId = 'office';

const KINDS: readonly string[] = ['community', 'grid', 'contact', 'wall', 'member'];

/** Reads a space id; undefined where it is not one. */
export function parseSpace(id: string): Space | undefined {
  if (id === OFFICE) return { kind: 'office', owner: '' };
  const colon = id.indexOf(':');
  if (colon < 1 || colon === id.length - 1) return undefined;
  const kind = id.slice(0, colon);
  return KINDS.includes(kind) ? { kind: kind as SpaceKind, owner: id.slice(colon + 1) } : undefined;
}

/** What a space belongs to; empty for the office, and for what is no space. */
export const ownerOf = (id: SpaceId): string => parseSpace(id)?.owner ?? '';

export const communitySpace = (communityId: string): SpaceId => `community:${communityId}`;
export const gridSpace = (gridId: string): SpaceId => `grid:${gridId}`;
export const contactSpace = (gridId: string): SpaceId => `contact:${gridId}`;
export const wallSpace = (communityId: string): SpaceId => `wall:${communityId}`;
export const memberSpace = (memberId: string): SpaceId => `member:${memberId}`;

/** Nobody holds contacts: what is asked of whoever works with them is asked of their grid. */
export const spaceOfAccess = (id: SpaceId): SpaceId => {
  const space = parseSpace(id);
  return space?.kind === 'contact' ? gridSpace(space.owner) : id;
};
