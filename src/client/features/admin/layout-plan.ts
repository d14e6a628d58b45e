import type { Entrance, Floor } from '../../../domain/building/building.ts';

/** What the schema of a building takes at most. */
export const ENTRANCES_MAX = 40;
export const FLOORS_MAX = 80;
export const DOORS_MAX = 60;
/** One building is one mutation; more doors than this do not fit into one. */
export const DOORS_IN_BUILDING_MAX = 1500;

/** How the doors of a floor are numbered: anew behind each entrance, or on through the whole floor. */
export type Numbering = 'restart' | 'through';

export interface EntrancePlan {
  floors: number;
  doors: number;
}

/** A regular layout in a few numbers; what is irregular is put right in the building's chart afterwards. */
export interface LayoutPlan {
  entrances: readonly EntrancePlan[];
  /** The lowest floor that people live on. */
  firstFloor: number;
  /** Numbers that the house leaves out, e.g. 4 and 13. */
  skipped: readonly number[];
  numbering: Numbering;
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** 3层 */
export const floorName = (level: number): string => `${level}层`;
/** 1单元 */
export const entranceName = (position: number): string => `${position}单元`;
/** 302: the floor, then the door in two figures. */
export const roomName = (level: number, door: number): string => `${level}${twoDigits(door)}`;

/** The numbers of so many floors, from the ground up. */
export function levelsOf(floors: number, firstFloor: number, skipped: readonly number[]): number[] {
  const levels: number[] = [];
  for (let level = firstFloor; levels.length < floors; level++) {
    if (level !== 0 && !skipped.includes(level)) levels.push(level);
  }
  return levels;
}

/** Doors before this entrance on the same floor, where the numbers run on. */
const doorsBefore = (plan: LayoutPlan, entrance: number): number =>
  plan.numbering === 'restart' ? 0 : plan.entrances.slice(0, entrance).reduce((sum, { doors }) => sum + doors, 0);

/** The entrances of one building, with fresh ids for every part. */
export const layoutOf = (plan: LayoutPlan, newId: () => string): Entrance[] =>
  plan.entrances.map(({ floors, doors }, index) => ({
    id: newId(),
    label: entranceName(index + 1),
    floors: levelsOf(floors, plan.firstFloor, plan.skipped).map((level): Floor => ({
      id: newId(),
      label: floorName(level),
      rooms: Array.from({ length: doors }, (_, door) => ({
        id: newId(),
        label: roomName(level, doorsBefore(plan, index) + door + 1),
      })),
    })),
  }));

/** The same layout once more, for the next building: every part gets an id of its own. */
export const copyLayout = (entrances: readonly Entrance[], newId: () => string): Entrance[] =>
  entrances.map((entrance) => ({
    id: newId(),
    label: entrance.label,
    floors: entrance.floors.map((floor) => ({
      id: newId(),
      label: floor.label,
      rooms: floor.rooms.map(({ label }) => ({ id: newId(), label })),
    })),
  }));

export interface LayoutCount {
  entrances: number;
  floors: number;
  doors: number;
}

/** 3 单元 · 10 层 · 20 户; floors are counted behind each entrance. */
export const countLayout = (entrances: readonly Entrance[]): LayoutCount => ({
  entrances: entrances.length,
  floors: entrances.reduce((sum, { floors }) => sum + floors.length, 0),
  doors: entrances.reduce((sum, { floors }) => sum + floors.reduce((all, { rooms }) => all + rooms.length, 0), 0),
});
