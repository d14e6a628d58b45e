import type { Building } from '../../../domain/building/building.ts';
import { findPart } from '../../../domain/building/layout.ts';
import type { Waiting } from '../../../sync/engine-api.ts';

export interface RefusedChange {
  mid: string;
  /** What was tried; the sentence is `admin.refused.<what>`. */
  what: 'remove' | 'add' | 'rename' | 'move';
  /** What it was about, as it is called. */
  name: string;
  code: string;
  data: Readonly<Record<string, string | number>>;
}

const WHAT: Readonly<Record<string, RefusedChange['what']>> = {
  'building.removePart': 'remove',
  'building.addEntrance': 'add',
  'building.addFloor': 'add',
  'building.addRoom': 'add',
  'building.relabel': 'rename',
  'building.rename': 'rename',
  'building.move': 'move',
  'building.create': 'add',
};

const textAt = (args: unknown, ...path: string[]): string | undefined => {
  let value: unknown = args;
  for (const step of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  return typeof value === 'string' ? value : undefined;
};

/** What a change was about, as people say it: 1单元 301; the part that still stands, or what was written. */
function nameOf(args: unknown, building: Building): string {
  const partId = textAt(args, 'partId') ?? '';
  const entrance = building.entrances.find(
    (one) => one.id === textAt(args, 'entranceId') || findPart({ entrances: [one] }, partId) !== undefined,
  );
  const label =
    findPart(building, partId)?.label ??
    textAt(args, 'room', 'label') ??
    textAt(args, 'floor', 'label') ??
    textAt(args, 'entrance', 'label') ??
    building.name;
  return entrance === undefined || entrance.id === partId ? label : `${entrance.label} ${label}`;
}

/** Changes to one building that came back refused and are not put aside, oldest first. */
export const refusedChanges = (waiting: readonly Waiting[], buildingId: string, building: Building): RefusedChange[] =>
  waiting
    .filter(({ row }) => row.about?.id === buildingId && row.asideAt === null)
    .flatMap(({ row, receipt }): RefusedChange[] => {
      const what = WHAT[row.name];
      if (what === undefined || receipt?.status !== 'rejected') return [];
      return [{ mid: row.mid, what, name: nameOf(row.args, building), code: receipt.code, data: receipt.data }];
    })
    .reverse();
