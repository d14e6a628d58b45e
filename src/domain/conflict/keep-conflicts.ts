import type { Clash } from '../mutation/merge-edits.ts';
import type { MutationContext, WriteTx } from '../mutation/mutator.ts';
import { derivedId } from '../place/place.ts';
import type { Kind } from '../record/record.ts';

/** Whoever knows the mutation of an edit finds by it what became of its clash. */
export const conflictIdOf = (mid: string, about: { kind: string; id: string }, field: string): string =>
  derivedId('conflict', mid, about.kind, about.id, field);

/** Keeps each value that did not go in, for its author and a coordinator. */
export function keepConflicts(
  tx: WriteTx,
  ctx: MutationContext,
  about: { kind: Kind; id: string },
  clashes: readonly Clash[],
): void {
  for (const clash of clashes) {
    tx.put('conflict', conflictIdOf(ctx.mid, about, clash.field), {
      kind: about.kind,
      recordId: about.id,
      ...clash,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
      at: ctx.at,
      resolvedAt: null,
      resolution: null,
    });
  }
}
