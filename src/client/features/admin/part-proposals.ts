import { LABEL_MAX } from '../../../domain/building/building-args.ts';
import type { Building, Entrance, Floor } from '../../../domain/building/building.ts';
import { levelOf } from '../../../domain/building/layout.ts';
import { copyLayout, entranceName, floorName, roomName } from './layout-plan.ts';

/** What comes after the last one that has a figure: 3单元 → 4单元, 6层 → 7层, 302 → 303. */
function after(labels: readonly string[]): string | null {
  const last = labels.findLast((label) => /\d/.test(label));
  if (last === undefined) return null;
  return last.replace(/\d+(?=\D*$)/, (figure) => String(Number(figure) + 1).padStart(figure.length, '0'));
}

export const nextEntranceLabel = ({ entrances }: Building): string =>
  after(entrances.map(({ label }) => label)) ?? entranceName(entrances.length + 1);

export const nextFloorLabel = ({ floors }: Entrance): string => after(floors.map(({ label }) => label)) ?? floorName(1);

export function nextRoomLabel(floor: Floor): string {
  const next = after(floor.rooms.map(({ label }) => label));
  if (next !== null) return next;
  const level = levelOf(floor.label);
  return floor.rooms.length === 0 && level !== null ? roomName(level, 1) : '';
}

/** Doors of a new floor: as many and named as on the one below, with the new floor's figure. */
export function roomLabelsFor(entrance: Entrance, floorLabel: string): string[] {
  const below = entrance.floors.at(-1);
  const level = levelOf(floorLabel);
  if (below === undefined) return level === null ? [] : [roomName(level, 1), roomName(level, 2)];
  const old = levelOf(below.label);
  return below.rooms.map(({ label }) =>
    level !== null && old !== null && label.startsWith(String(old))
      ? `${level}${label.slice(String(old).length)}`
      : label,
  );
}

/** Doors as they are typed in one line: 701、702 */
export const roomLabelsIn = (typed: string): string[] =>
  typed
    .split(/[、，,;；\s]+/)
    .map((label) => label.trim())
    .filter((label) => label !== '');

/** A further entrance looks like the last one. */
export const nextEntrance = (building: Building, label: string, newId: () => string): Entrance => ({
  ...(copyLayout(building.entrances.slice(-1), newId)[0] ?? { floors: [] }),
  id: newId(),
  label,
});

export type LabelFault = 'missing' | 'long' | 'there';

/** A name stands once among its neighbours. */
export function faultOfLabel(label: string, neighbours: readonly string[]): LabelFault | null {
  const wanted = label.trim();
  if (wanted === '') return 'missing';
  if (wanted.length > LABEL_MAX) return 'long';
  return neighbours.includes(wanted) ? 'there' : null;
}

/** The same for several doors that come at once. */
export function faultOfLabels(labels: readonly string[], neighbours: readonly string[]): LabelFault | null {
  const twice = labels.some((label, index) => labels.indexOf(label) !== index);
  if (twice) return 'there';
  return labels.map((label) => faultOfLabel(label, neighbours)).find((fault) => fault !== null) ?? null;
}

/** Labels of every door behind an entrance: people say 「2单元 302」, so a number stands there once. */
export const roomLabelsOf = (entrance: Entrance): string[] =>
  entrance.floors.flatMap(({ rooms }) => rooms.map(({ label }) => label));
