import type { Building, Entrance, Floor, Room } from './building.ts';

/** Limits that hold for what is added one by one, as the schemas hold for what comes at once. */
export const MAX_ENTRANCES = 40;
export const MAX_FLOORS = 80;
export const MAX_ROOMS = 60;

type Layout = Pick<Building, 'entrances'>;

export const roomsOf = (part: Entrance | Floor | Room): Room[] => {
  if ('floors' in part) return part.floors.flatMap(({ rooms }) => rooms);
  return 'rooms' in part ? part.rooms : [part];
};

/** Every entrance, floor and room, the wider before what is in it. */
export const partsOf = ({ entrances }: Layout): (Entrance | Floor | Room)[] =>
  entrances.flatMap((entrance) => [entrance, ...entrance.floors.flatMap((floor) => [floor, ...floor.rooms])]);

export const findPart = (layout: Layout, partId: string): Entrance | Floor | Room | undefined =>
  partsOf(layout).find(({ id }) => id === partId);

export const hasUniqueIds = (layout: Layout): boolean => {
  const ids = partsOf(layout).map(({ id }) => id);
  return new Set(ids).size === ids.length;
};

const mapEntrance = <B extends Layout>(building: B, id: string, change: (entrance: Entrance) => Entrance): B => ({
  ...building,
  entrances: building.entrances.map((entrance) => (entrance.id === id ? change(entrance) : entrance)),
});

/** A floor that was left out comes where its figure says: below the first one that is higher; else on top. */
export const withFloor = <B extends Layout>(building: B, entranceId: string, floor: Floor): B =>
  mapEntrance(building, entranceId, (entrance) => {
    const level = levelOf(floor.label);
    const higher = entrance.floors.findIndex(({ label }) => level !== null && (levelOf(label) ?? level) > level);
    const at = higher < 0 ? entrance.floors.length : higher;
    return { ...entrance, floors: [...entrance.floors.slice(0, at), floor, ...entrance.floors.slice(at)] };
  });

/** 3层 is 3, 地下1层, 负1层 and B1 are -1; null where the label has no figure. */
export function levelOf(label: string): number | null {
  const [, below = '', figure] = /(地下|负|-|\bB)?\s*(\d+)/i.exec(label) ?? [];
  if (figure === undefined) return null;
  return below === '' ? Number(figure) : -Number(figure);
}

export const withRoom = <B extends Layout>(building: B, entranceId: string, floorId: string, room: Room): B =>
  mapEntrance(building, entranceId, (entrance) => ({
    ...entrance,
    floors: entrance.floors.map((floor) =>
      floor.id === floorId ? { ...floor, rooms: [...floor.rooms, room].sort(byLabel) } : floor,
    ),
  }));

/** 301 before 302 before 1001; what is no figure comes after, in its own order. */
function byLabel(a: Room, b: Room): number {
  const [left, right] = [a, b].map(({ label }) => (/^\d+$/.test(label) ? Number(label) : Infinity));
  return left === right ? 0 : (left ?? 0) - (right ?? 0);
}

export const withLabel = <B extends Layout>(building: B, partId: string, label: string): B => ({
  ...building,
  entrances: building.entrances.map((entrance) => ({
    ...entrance,
    label: entrance.id === partId ? label : entrance.label,
    floors: entrance.floors.map((floor) => ({
      ...floor,
      label: floor.id === partId ? label : floor.label,
      rooms: floor.rooms.map((room) => (room.id === partId ? { ...room, label } : room)),
    })),
  })),
});

export const withoutPart = <B extends Layout>(building: B, partId: string): B => ({
  ...building,
  entrances: building.entrances
    .filter(({ id }) => id !== partId)
    .map((entrance) => ({
      ...entrance,
      floors: entrance.floors
        .filter(({ id }) => id !== partId)
        .map((floor) => ({ ...floor, rooms: floor.rooms.filter(({ id }) => id !== partId) })),
    })),
});
