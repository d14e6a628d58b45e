import type { Visit } from '../../../domain/visit/visit.ts';
import type { BuildingHere } from './place-of.ts';

export const RECENT_BUILDINGS = 4;

/** The buildings of the latest visits, each once, latest first; they come from records, so a new phone knows them too. */
export function recentBuildings(
  latestFirst: readonly Pick<Visit, 'place'>[],
  buildings: readonly BuildingHere[],
): BuildingHere[] {
  const known = new Map(buildings.map((building) => [building.id, building]));
  const ids = new Set(latestFirst.map(({ place }) => place.buildingId).filter((id) => id !== null));
  return [...ids]
    .map((id) => known.get(id))
    .filter((building) => building !== undefined)
    .slice(0, RECENT_BUILDINGS);
}
