import type { KindIndexes } from '../record/index-definition.ts';
import type { Visit } from './visit.ts';

/** The same for all of them: it is reckoned once a row. */
const sort = ({ at }: Visit): number => at;
const by = (key: (visit: Visit) => string) => ({ key, sort });

export const visitIndexes = {
  all: by(() => ''),
  byBuilding: by(({ place }) => place.buildingId ?? ''),
  byRoom: by(({ place }) => place.roomId ?? ''),
  byMember: by(({ byId }) => byId),
} satisfies KindIndexes<'visit'>;
