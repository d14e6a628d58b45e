import type { HomeKey } from '../../src/domain/mutation/homing.ts';
import type { MutationContext, Mutator } from '../../src/domain/mutation/mutator.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import { communitySpace, contactSpace, gridSpace, ownerOf, parseSpace } from '../../src/domain/space/space.ts';
import type { ModelHomes } from './model-homes.ts';
import { key, type ModelRecords } from './model-records.ts';

/** What there is of the town, and where what has left a grid went. */
export interface ModelTown {
  records: ModelRecords;
  homes: ModelHomes;
}

export interface Run {
  mutator: Mutator;
  args: unknown;
  ctx: MutationContext;
}

/** Where it belongs that names a grid which its record, or its building, has left. */
export function leadHome({ records, homes }: ModelTown, { mutator: { homing }, args, ctx }: Run): Run['ctx']['space'] {
  const from = parseSpace(ctx.space);
  if (homing === undefined || (from?.kind !== 'grid' && from?.kind !== 'contact')) return ctx.space;
  const gone = homes.find(ctx.space, homing.records?.(args) ?? []);
  if (gone !== undefined) return gone;
  const { communityId, buildingId } = homing.place?.(args) ?? { communityId: '', buildingId: null };
  const building =
    buildingId === null ? undefined : records.reading().get(communitySpace(communityId), 'building', buildingId);
  return building?.formerGrids?.includes(from.owner) === true ? gridSpace(building.gridId) : ctx.space;
}

/** It is held where it was sent: its author could have done it there, and what it makes will stand there. */
export function expectThere({ records, homes }: ModelTown, there: Run, from: Run): void {
  const { roles } = from.ctx.actor;
  const volunteer = [...roles.volunteer, ownerOf(there.ctx.space)];
  const actor = { ...from.ctx.actor, roles: { ...roles, volunteer } };
  try {
    records.draft(there.ctx.space, (tx) => {
      there.mutator.authorize(tx, there.args, { ...there.ctx, actor });
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'forbidden') throw error;
  }
  const made = from.mutator.homing?.makes?.(from.args);
  const spaces = [from.ctx.space, there.ctx.space];
  if (made !== undefined && !spaces.some((space) => records.has(key(space, made.kind, made.id)))) {
    homes.moved(from.ctx.space, made, there.ctx.space);
  }
}

/** What a led mutation names goes along, unless what stays needs it. `copy`: its author may take it from there. [BM4] */
export function bringAlong(
  { records, homes }: ModelTown,
  keys: readonly HomeKey[],
  { from, to, copy }: { from: string; to: string; copy: boolean },
): void {
  for (const { kind, id } of keys) {
    const spaceOf = kind === 'contact' ? contactSpace : gridSpace;
    const [left, reached] = [spaceOf(ownerOf(from)), spaceOf(ownerOf(to))];
    const data = records.get(key(left, kind, id));
    const stays = records
      .reading()
      .list(gridSpace(ownerOf(from)))
      .some((one) => one.kind === 'ticket' && (kind === 'contact' ? one.data.contactId : one.data.slipId) === id);
    if (data === undefined && homes.find(left, [{ kind, id }]) !== undefined) continue;
    if (data !== undefined && (!copy || (stays && kind === 'slip'))) continue;
    const isThere = records.has(key(reached, kind, id));
    if (data !== undefined && !stays) records.write({ space: left, kind, id, data: undefined });
    if (data !== undefined && !isThere) records.write({ space: reached, kind, id, data });
    if (!stays) homes.moved(left, { kind, id }, reached);
  }
}
