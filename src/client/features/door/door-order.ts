import type { Building, Floor } from '../../../domain/building/building.ts';
import type { Door } from './place-of.ts';

const byLabel = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** Rooms of a floor as they follow each other: 301, 302, … 310. */
export const roomsInOrder = (floor: Floor): Floor['rooms'] =>
  [...floor.rooms].sort((a, b) => byLabel.compare(a.label, b.label));

/** Every door in the order of a walk: entrance by entrance, from the ground up, room by room. */
export const doorsInOrder = (building: Building): Door[] =>
  building.entrances.flatMap((entrance) =>
    entrance.floors.flatMap((floor) => roomsInOrder(floor).map((room) => ({ entrance, floor, room }))),
  );

export const findDoor = (building: Building, roomId: string): Door | undefined =>
  doorsInOrder(building).find((door) => door.room.id === roomId);

/**
 * The door to ring at after this one: the next of the walk that was not visited today.
 * Undefined where the walk is at its end; doors left behind are on the chart.
 */
export function nextDoor(building: Building, roomId: string, doneToday: (roomId: string) => boolean): Door | undefined {
  const doors = doorsInOrder(building);
  const here = doors.findIndex((door) => door.room.id === roomId);
  return here < 0 ? undefined : doors.slice(here + 1).find((door) => !doneToday(door.room.id));
}
