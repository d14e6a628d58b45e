import type { Effect, Reaction, ReactionTx } from '../mutation/reaction.ts';
import { memberSpace, parseSpace, spaceOfAccess, type SpaceId } from '../space/space.ts';
import type { Conflict } from './conflict.ts';

/** Of a contact only the grid's masked copy is looked at. The office is every member's, for good. */
function spaceOfDecision(space: SpaceId): SpaceId | null {
  const at = spaceOfAccess(space);
  const kind = parseSpace(at)?.kind;
  return kind === 'grid' || kind === 'community' ? at : null;
}

/** While a conflict is open its author has their own value of it in their own space, and no longer. */
export const authorKeepsOwn: Reaction = {
  name: 'authorKeepsOwn',
  onApplied(changes, tx, ctx) {
    return changes.flatMap(({ space, kind, id }) => {
      const at = kind === 'conflict' ? spaceOfDecision(space) : null;
      // Read anew: another reaction may have left it open after all.
      const conflict = at === null ? undefined : tx.get(at, 'conflict', id);
      if (at === null || conflict === undefined) return [];
      const isNew = conflict.authorId === ctx.actor.id && ctx.actor.kind === 'member';
      return kept(tx, at, id, conflict, isNew);
    });
  },
};

function kept(tx: ReactionTx, at: SpaceId, id: string, conflict: Conflict, isNew: boolean): Effect[] {
  const space = memberSpace(conflict.authorId);
  const before = tx.get(space, 'ownConflict', id);
  if (conflict.resolvedAt !== null) {
    return before === undefined ? [] : [{ space, kind: 'ownConflict', id, data: undefined }];
  }
  if (before === undefined && !isNew) return [];
  const { kind, recordId, field, mine, at: writtenAt, asideAt = null } = conflict;
  const data = { space: at, kind, recordId, field, mine, at: writtenAt, asideAt };
  return [{ space, kind: 'ownConflict', id, data }];
}
