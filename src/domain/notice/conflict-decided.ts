import type { Conflict } from '../conflict/conflict.ts';
import type { Reaction } from '../mutation/reaction.ts';
import { noticeEffect } from './notice-effect.ts';
import type { NoticeType } from './notice.ts';

const TYPES = {
  mine: 'conflictMine',
  theirs: 'conflictTheirs',
  edited: 'conflictEdited',
} as const satisfies Record<NonNullable<Conflict['resolution']>, NoticeType>;

/** What somebody else decided of two values is told to the one whose value waited: it leaves their tray. */
export const conflictDecided: Reaction = {
  name: 'conflictDecided',
  onApplied(changes, tx, ctx, mutation) {
    if (mutation !== 'conflict.resolve') return [];
    return changes.flatMap(({ space, kind, id }) => {
      // Read anew: over a contact that says something else by now it was left open after all.
      const conflict = kind === 'conflict' ? tx.get(space, 'conflict', id) : undefined;
      if (!conflict?.resolution || conflict.authorId === ctx.actor.id) return [];
      const about = { space, kind: conflict.kind, id: conflict.recordId };
      const params = { byName: ctx.actor.name };
      return [noticeEffect(ctx, conflict.authorId, TYPES[conflict.resolution], { about, params })];
    });
  },
};
