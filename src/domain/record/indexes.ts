import { buildingIndexes } from '../building/building-indexes.ts';
import { claimIndexes } from '../claim/claim-indexes.ts';
import { ticketIndexes } from '../ticket/ticket-indexes.ts';
import { visitIndexes } from '../visit/visit-indexes.ts';
import type { IndexRegistry } from './index-definition.ts';
import type { Kind } from './record.ts';

const ALL = { key: () => '', sort: (_data: unknown, id: string) => id };
const byName = { key: () => '', sort: ({ name }: { name: string }) => name };

/** The lists that the view can answer, for every kind. */
export const indexes = {
  office: { all: ALL },
  catalogue: { all: { key: () => '', sort: ({ version }) => version } },
  terms: { all: ALL },
  workdays: { all: { key: () => '', sort: ({ year }) => year } },
  community: { all: byName },
  grid: { all: byName },
  estate: { all: byName, byGrid: { key: ({ gridId }) => gridId, sort: ({ name }) => name } },
  building: buildingIndexes,
  household: { all: ALL, byBuilding: { key: ({ place }) => place.buildingId ?? '', sort: ({ place }) => place.label } },
  visit: visitIndexes,
  slip: {
    all: { key: () => '', sort: ({ createdAt }) => createdAt },
    byVisit: { key: ({ visitId }) => visitId ?? '', sort: ({ createdAt }) => createdAt },
  },
  ticket: ticketIndexes,
  contact: { all: ALL },
  card: {
    all: { key: () => '', sort: ({ publishedAt }) => publishedAt },
    byState: { key: ({ state }) => state, sort: ({ publishedAt }) => publishedAt },
  },
  claimView: claimIndexes,
  notice: {
    all: { key: () => '', sort: ({ at }) => at },
    byRead: { key: ({ readAt }) => (readAt === null ? 'unread' : 'read'), sort: ({ at }) => at },
  },
  member: { all: ALL },
  ownConflict: { all: { key: () => '', sort: ({ at }) => at } },
  conflict: {
    all: { key: () => '', sort: ({ at }) => at },
    byOpen: { key: ({ resolvedAt }) => (resolvedAt === null ? 'open' : 'resolved'), sort: ({ at }) => at },
  },
} satisfies IndexRegistry;

/** The lists that the view can answer of a kind; of any kind, those that all have. */
export type IndexName<K extends Kind> = keyof (typeof indexes)[K] & string;
