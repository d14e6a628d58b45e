import { LABEL_MAX } from '../../../domain/building/building-args.ts';
import type { Entrance, Floor } from '../../../domain/building/building.ts';

/** The floor that a room's number speaks of: 502 and 0502 the fifth, 1203 the twelfth. */
export function floorForRoom(entrance: Entrance | undefined, label: string): Floor | undefined {
  const number = /^\d{3,5}$/.exec(label.trim())?.[0];
  if (number === undefined) return undefined;
  const level = String(Number(number.slice(0, -2)));
  return entrance?.floors.find((floor) => /\d+/.exec(floor.label)?.[0] === level);
}

export type NewRoomFault = 'missing' | 'long' | 'floor' | 'there';

/** What keeps a new door from the chart; one label stands once in an entrance. */
export function faultOfNewRoom(entrance: Entrance | undefined, floorId: string, label: string): NewRoomFault | null {
  const wanted = label.trim();
  if (wanted === '') return 'missing';
  if (wanted.length > LABEL_MAX) return 'long';
  if (!entrance?.floors.some(({ id }) => id === floorId)) return 'floor';
  return entrance.floors.some(({ rooms }) => rooms.some((room) => room.label === wanted)) ? 'there' : null;
}
