import { requireCommunityRights } from '../community/community-policy.ts';
import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { householdIdOf } from '../place/place.ts';
import { gridSpace } from '../space/space.ts';
import {
  buildingAddEntranceArgs,
  buildingAddFloorArgs,
  buildingAddRoomArgs,
  buildingRelabelArgs,
  buildingRemovePartArgs,
} from './building-args.ts';
import type { Building, Entrance, Floor, Room } from './building.ts';
import { readBuilding, requireMayAddRoom } from './building-policy.ts';
import {
  findPart,
  hasUniqueIds,
  MAX_ENTRANCES,
  MAX_FLOORS,
  MAX_ROOMS,
  roomsOf,
  withFloor,
  withLabel,
  withoutPart,
  withRoom,
} from './layout.ts';

/** True where the part is there with all that is in it, and whatever came since; its id may be nothing else's. */
function isThere(building: Building, part: Entrance | Floor | Room): boolean {
  const existing = findPart(building, part.id);
  if (existing === undefined) return false;
  const isSame =
    existing.label === part.label &&
    'floors' in existing === 'floors' in part &&
    'rooms' in existing === 'rooms' in part &&
    roomsOf(part).every(({ id }) => findPart(building, id) !== undefined);
  refuseUnless(isSame, 'exists');
  return true;
}

export const addEntrance = defineMutator({
  name: 'building.addEntrance',
  version: 1,
  spaceKind: 'community',
  args: buildingAddEntranceArgs,
  creates: true,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, entrance }, ctx) {
    const building = readBuilding(tx, ctx, id);
    if (isThere(building, entrance)) return;
    const next = { ...building, entrances: [...building.entrances, entrance] };
    refuseUnless(hasUniqueIds(next) && next.entrances.length <= MAX_ENTRANCES, 'invalid');
    tx.put('building', id, next);
  },
});

export const addFloor = defineMutator({
  name: 'building.addFloor',
  version: 1,
  spaceKind: 'community',
  args: buildingAddFloorArgs,
  creates: true,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, entranceId, floor }, ctx) {
    const building = readBuilding(tx, ctx, id);
    const entrance = building.entrances.find((candidate) => candidate.id === entranceId);
    refuseUnless(entrance, 'notFound');
    if (isThere(building, floor)) return;
    const next = withFloor(building, entranceId, floor);
    refuseUnless(hasUniqueIds(next) && entrance.floors.length < MAX_FLOORS, 'invalid');
    tx.put('building', id, next);
  },
});

/** A door that the chart lacks. Two who add it from two phones make one door: see `addedRoomIdOf`. */
export const addRoom = defineMutator({
  name: 'building.addRoom',
  version: 1,
  spaceKind: 'community',
  args: buildingAddRoomArgs,
  creates: true,
  authorize(tx, { id }, ctx) {
    requireMayAddRoom(tx, ctx, id);
  },
  apply(tx, { id, entranceId, floorId, room }, ctx) {
    const building = readBuilding(tx, ctx, id);
    const entrance = building.entrances.find((candidate) => candidate.id === entranceId);
    const floor = entrance?.floors.find((candidate) => candidate.id === floorId);
    refuseUnless(entrance && floor, 'notFound');
    if (isThere(building, room)) return;
    refuseUnless(!roomsOf(entrance).some(({ label }) => label === room.label), 'exists');
    refuseUnless(floor.rooms.length < MAX_ROOMS, 'invalid');
    tx.put('building', id, withRoom(building, entranceId, floorId, room));
  },
});

export const relabelPart = defineMutator({
  name: 'building.relabel',
  version: 1,
  spaceKind: 'community',
  args: buildingRelabelArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, partId, label }, ctx) {
    const building = readBuilding(tx, ctx, id);
    const part = findPart(building, partId);
    refuseUnless(part, 'notFound');
    const { merged, clashes } = mergeEdits({ label: part.label }, { label });
    tx.put('building', id, withLabel(building, partId, merged.label));
    const named = clashes.map((clash) => ({ ...clash, field: labelField(partId) }));
    keepConflicts(tx, ctx, { kind: 'building', id }, named);
  },
});

/** How a conflict names the label of one part. */
export const labelField = (partId: string): string => `label:${partId}`;

/** A part goes only while no household is written down behind its doors. */
export const removePart = defineMutator({
  name: 'building.removePart',
  version: 1,
  spaceKind: 'community',
  args: buildingRemovePartArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, partId }, ctx) {
    const building = readBuilding(tx, ctx, id);
    const part = findPart(building, partId);
    if (part === undefined) return;
    const space = gridSpace(building.gridId);
    const inUse = roomsOf(part).some((room) => tx.get(space, 'household', householdIdOf(room.id)) !== undefined);
    refuseUnless(!inUse, 'inUse');
    tx.put('building', id, withoutPart(building, partId));
  },
});
