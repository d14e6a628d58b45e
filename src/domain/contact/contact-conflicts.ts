import type { Conflict } from '../conflict/conflict.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import type { Effect, Reaction, ReactionTx } from '../mutation/reaction.ts';
import { contactSpace, gridSpace, ownerOf } from '../space/space.ts';
import { claimsWithContact } from './claims-follow-contact.ts';
import { contactEdits } from './contact-edits.ts';
import { maskField } from './masking.ts';

/** Two corrections of one contact met: the grid gets a masked copy, under the same id, to decide over. */
export const gridSeesContactConflict: Reaction = {
  name: 'gridSeesContactConflict',
  onApplied(changes, _tx, _ctx, mutation) {
    if (mutation !== 'contact.amend') return [];
    return changes.flatMap(({ space, kind, id, after }): Effect[] => {
      if (kind !== 'conflict' || after === undefined) return [];
      return [{ space: gridSpace(ownerOf(space)), kind: 'conflict', id, data: masked(after as Conflict) }];
    });
  },
};

const masked = (conflict: Conflict): Conflict => {
  const hide = (value: string): string => maskField(conflict.field, value);
  return { ...conflict, from: hide(conflict.from), mine: hide(conflict.mine), theirs: hide(conflict.theirs) };
};

/** What was decided over the masked copy is done to the contact itself, which only the server has. */
export const contactFollowsConflict: Reaction = {
  name: 'contactFollowsConflict',
  onApplied(changes, tx, ctx, mutation) {
    if (mutation !== 'conflict.resolve') return [];
    return changes.flatMap(({ space, kind, id, after }) => {
      const decided = after as Conflict | undefined;
      if (kind !== 'conflict' || decided?.kind !== 'contact') return [];
      return follow(tx, ctx, ownerOf(space), id, decided);
    });
  },
};

function follow(tx: ReactionTx, ctx: MutationContext, gridId: string, id: string, decided: Conflict): Effect[] {
  const space = contactSpace(gridId);
  const kept = tx.get(space, 'conflict', id);
  const contact = tx.get(space, 'contact', decided.recordId);
  if (kept === undefined || contact === undefined) return [];
  const { resolution, resolvedAt } = decided;
  const effects: Effect[] = [{ space, kind: 'conflict', id, data: { ...kept, resolution, resolvedAt } }];
  const next = { ...contact, [kept.field]: kept.mine };
  if (resolution !== 'mine' || contactEdits(contact, next) === null) return effects;
  return [
    ...effects,
    { space, kind: 'contact', id: decided.recordId, data: next },
    ...claimsWithContact(tx, ctx, gridId, decided.recordId, next),
  ];
}
