import type { Mutator } from '../../domain/mutation/mutator.ts';
import type { HomeKey, Homing } from '../../domain/mutation/homing.ts';
import type { Effect } from '../../domain/mutation/reaction.ts';
import type { AnyRecord, Kind } from '../../domain/record/record.ts';
import {
  communitySpace,
  contactSpace,
  gridSpace,
  ownerOf,
  parseSpace,
  type SpaceId,
} from '../../domain/space/space.ts';
import { asDatabaseFault } from '../db/database-fault.ts';
import type { RecordHomes } from './record-homes.ts';
import type { Workspace } from './workspace.ts';

/** Where a mutation runs, and with which args. */
export interface Destination {
  space: SpaceId;
  args: unknown;
}

/**
 * Where a mutation belongs that names a grid in which its record, or its building, no longer stands; undefined where
 * it belongs where it was sent.
 */
export async function leadHome(
  workspace: Workspace,
  homes: RecordHomes,
  mutator: Mutator,
  args: unknown,
  space: SpaceId,
): Promise<Destination | undefined> {
  const { homing } = mutator;
  const parsed = parseSpace(space);
  if (homing === undefined || (parsed?.kind !== 'grid' && parsed?.kind !== 'contact')) return undefined;
  const to =
    (await asDatabaseFault(homes.find(space, homing.records?.(args) ?? []))) ??
    (await gridOfPlace(workspace, homing, args, parsed.owner));
  if (to === undefined || to === space) return undefined;
  return { space: to, args: homing.inGrid?.(args, ownerOf(to)) ?? args };
}

/** The present grid of the building, where the one that was named is one of its former. */
async function gridOfPlace(
  workspace: Workspace,
  { place }: Homing<unknown>,
  args: unknown,
  gridId: string,
): Promise<SpaceId | undefined> {
  const { communityId, buildingId } = place?.(args) ?? { communityId: '', buildingId: null };
  if (buildingId === null) return undefined;
  const building = await workspace.read((tx) => tx.get(communitySpace(communityId), 'building', buildingId));
  return building?.formerGrids?.includes(gridId) === true ? gridSpace(building.gridId) : undefined;
}

interface Passage {
  from: SpaceId;
  to: SpaceId;
  /** May its author take along what stands there? Not who no longer works in that grid. */
  copy: boolean;
}

/**
 * What a led mutation names goes along: its contact, which stays there as well where a matter that stays needs it, and
 * its slip, unless that covers a matter that stays. What is not there yet is led there when it arrives.
 */
export async function bringAlong(
  workspace: Workspace,
  homes: RecordHomes,
  keys: readonly HomeKey[],
  { from, to, copy }: Passage,
): Promise<void> {
  for (const { kind, id } of keys) {
    const spaceOf = kind === 'contact' ? contactSpace : gridSpace;
    const [old, present] = [spaceOf(ownerOf(from)), spaceOf(ownerOf(to))];
    const { data, stays } = await workspace.read((tx) => ({
      data: tx.get(old, kind, id),
      stays: tx.list(gridSpace(ownerOf(from))).some((one) => needs(one, kind, id)),
    }));
    if (data === undefined && (await asDatabaseFault(homes.find(old, [{ kind, id }]))) !== undefined) continue;
    if (data !== undefined && (!copy || (stays && kind === 'slip'))) continue;
    if (data !== undefined) {
      const isThere = (await workspace.read((tx) => tx.get(present, kind, id))) !== undefined;
      if (!stays) await workspace.effect({ space: old, kind, id, data: undefined });
      if (!isThere) await workspace.effect({ space: present, kind, id, data } as Effect);
    }
    if (!stays) await asDatabaseFault(homes.moved(old, { kind, id }, present));
  }
}

/** A slip that has lost its matters no longer needs their contact. */
const needs = (record: AnyRecord, kind: Kind, id: string): boolean =>
  record.kind === 'ticket' && (kind === 'contact' ? record.data.contactId === id : record.data.slipId === id);
