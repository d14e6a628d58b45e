import type { BuildingHere } from './place-of.ts';

/** 3幢 of 凤凰苑 with the entrances, floors and rooms that a test names; ids are the paths of labels. */
export function buildingOf(
  layout: Record<string, Record<string, readonly string[]>>,
  name = '3幢',
  estateName = '凤凰苑',
): BuildingHere {
  const entrances = Object.entries(layout).map(([entrance, floors]) => ({
    id: entrance,
    label: entrance,
    // Objects sort whole-number keys, which is the order from the ground up.
    floors: Object.entries(floors).map(([floor, rooms]) => ({
      id: `${entrance}/${floor}`,
      label: floor,
      rooms: rooms.map((room) => ({ id: `${entrance}/${room}`, label: room })),
    })),
  }));
  const data = { name, estateId: `estate ${estateName}`, gridId: 'grid', entrances };
  return { id: `${estateName}${name}`, communityId: 'community', estateName, data };
}
