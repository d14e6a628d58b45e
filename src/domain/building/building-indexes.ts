import type { KindIndexes } from '../record/index-definition.ts';
import { naturalOrder } from '../record/natural-order.ts';
import type { Building } from './building.ts';

const by = (key: (building: Building) => string) => ({ key, sort: ({ name }: Building) => naturalOrder(name) });

export const buildingIndexes = {
  all: by(() => ''),
  byEstate: by(({ estateId }) => estateId),
  byGrid: by(({ gridId }) => gridId),
} satisfies KindIndexes<'building'>;
