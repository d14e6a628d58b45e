import type { KindIndexes } from '../record/index-definition.ts';
import type { Visit } from './visit.ts';

const by = (key: (visit: Visit) => string) => ({ key, sort: ({ at }: Visit) => at });

export const visitIndexes = {
  all: by(() => ''),
  byBuilding: by(({ place }) => place.buildingId ?? ''),
  byRoom: by(({ place }) => place.roomId ?? ''),
  byMember: by(({ byId }) => byId),
} satisfies KindIndexes<'visit'>;
