import type { Building, Entrance, Floor, Room } from '../../../domain/building/building.ts';
import type { Place } from '../../../domain/place/place.ts';

/** A building as the door pages know it: its record with the names above it. */
export interface BuildingHere {
  id: string;
  communityId: string;
  estateName: string;
  data: Building;
}

/** One door with the parts of the layout that it stands in. */
export interface Door {
  entrance: Entrance;
  floor: Floor;
  room: Room;
}

/** 凤凰苑 3幢 */
export const buildingLabel = (building: BuildingHere): string =>
  [building.estateName, building.data.name].filter((part) => part !== '').join(' ');

/** 1单元 302 */
export const doorLabel = (door: Door): string => `${door.entrance.label} ${door.room.label}`;

/** The same as one says it at another door: without the entrance where that is the same. */
export const labelFrom = (door: Door, here: Door | undefined): string =>
  door.entrance.id === here?.entrance.id ? door.room.label : doorLabel(door);

/** How deep a place in a building is known: nothing more, an entrance, a floor or a door. */
export interface PartOfBuilding {
  entrance?: Entrance;
  floor?: Floor;
  room?: Room;
}

/** The place of a matter, with the label as people say it. A room says its floor, so the floor is left out. */
export function placeInBuilding(building: BuildingHere, { entrance, floor, room }: PartOfBuilding): Place {
  const label = [buildingLabel(building), entrance?.label, room ? room.label : floor && floorLabel(floor)];
  return {
    communityId: building.communityId,
    gridId: building.data.gridId,
    estateId: building.data.estateId,
    buildingId: building.id,
    entranceId: entrance?.id ?? null,
    floorId: floor?.id ?? null,
    roomId: room?.id ?? null,
    estateName: building.estateName,
    label: label.filter((part) => part !== undefined && part !== '').join(' '),
  };
}

/** The place of a matter that stands at no building. */
export const placeInGrid = (communityId: string, gridId: string, gridName: string): Place => ({
  communityId,
  gridId,
  estateId: null,
  buildingId: null,
  entranceId: null,
  floorId: null,
  roomId: null,
  estateName: '',
  label: gridName,
});

/** 3 → 3层; what already is a word stays as it is. */
export const floorLabel = (floor: Floor): string => (/^-?\d+$/.test(floor.label) ? `${floor.label}层` : floor.label);
