import type { Place } from '../../../domain/place/place.ts';
import { findDoor } from './door-order.ts';
import { placeInBuilding, placeInGrid, type BuildingHere } from './place-of.ts';
import type { GridHere } from './use-places.ts';

/** The place that an address such as /log?room=… names; null where it names none that is mine. */
export function askedPlace(
  asked: { room?: string; building?: string; grid?: string },
  buildings: readonly BuildingHere[],
  grids: readonly GridHere[],
): Place | null {
  if (asked.room !== undefined) {
    for (const building of buildings) {
      const door = findDoor(building.data, asked.room);
      if (door) return placeInBuilding(building, door);
    }
    return null;
  }
  const grid = grids.find(({ id }) => id === asked.grid);
  return grid ? placeInGrid(grid.communityId, grid.id, grid.name) : null;
}

export const isSamePlace = (a: Place | null, b: Place | null): boolean =>
  a?.gridId === b?.gridId &&
  a?.buildingId === b?.buildingId &&
  a?.entranceId === b?.entranceId &&
  a?.floorId === b?.floorId &&
  a?.roomId === b?.roomId;
