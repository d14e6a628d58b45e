import type { MutationContext, WriteTx } from '../mutation/mutator.ts';
import { householdIdOf, type Place } from '../place/place.ts';

/** Once there is something to say of a door, its household is there; answers its id, or null without a room. */
export function ensureHousehold(tx: WriteTx, ctx: MutationContext, place: Place): string | null {
  if (place.roomId === null) return null;
  const id = householdIdOf(place.roomId);
  if (tx.get(ctx.space, 'household', id) === undefined) tx.put('household', id, { place, createdAt: ctx.at });
  return id;
}
