import type { Building } from '../../../domain/building/building.ts';
import { doorsInOrder } from './door-order.ts';
import type { DoorState } from './door-state.ts';

/** How far the walk of a building is: all doors, those rung at today, those ever met, and open matters. */
export function countDoors(building: Building, states: ReadonlyMap<string, DoorState>) {
  const here = doorsInOrder(building).map(({ room }) => states.get(room.id));
  return {
    doors: here.length,
    today: here.filter((state) => state?.today).length,
    matters: here.reduce((sum, state) => sum + (state?.openMatters ?? 0), 0),
  };
}
