import * as v from 'valibot';
import { conflictResolveArgs } from '../conflict/conflict-args.ts';
import type { Conflict } from '../conflict/conflict.ts';
import { leftOpen } from '../conflict/decision.ts';
import { readWritten } from '../conflict/written-field.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import type { Effect, Reaction, ReactionTx } from '../mutation/reaction.ts';
import { contactSpace, gridSpace, ownerOf } from '../space/space.ts';
import { claimsWithContact } from './claims-follow-contact.ts';
import { contactEdits, isContactField } from './contact-edits.ts';
import { opensSlip } from './contact.ts';
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
  const { from, mine, theirs, passed, offered } = conflict;
  return {
    ...conflict,
    from: hide(from),
    mine: hide(mine),
    theirs: hide(theirs),
    ...(passed && { passed: passed.map(hide) }),
    ...(offered && { offered: offered.map(hide) }),
  };
};

/** What was decided over the masked copy is done to the contact itself, which only the server has. */
export const contactFollowsConflict: Reaction = {
  name: 'contactFollowsConflict',
  onApplied(changes, tx, ctx, mutation, args) {
    if (mutation !== 'conflict.resolve') return [];
    const { text } = v.parse(conflictResolveArgs, args);
    return changes.flatMap(({ space, kind, id, after }) => {
      const decided = after as Conflict | undefined;
      if (kind !== 'conflict' || decided?.kind !== 'contact') return [];
      return follow(tx, ctx, ownerOf(space), id, decided, text);
    });
  },
};

function follow(
  tx: ReactionTx,
  ctx: MutationContext,
  gridId: string,
  id: string,
  decided: Conflict,
  text: string | undefined,
): Effect[] {
  const space = contactSpace(gridId);
  const kept = tx.get(space, 'conflict', id);
  const contact = tx.get(space, 'contact', decided.recordId);
  if (kept === undefined || contact === undefined || !isContactField(kept.field)) return [];
  const written = text === undefined ? undefined : readWritten(kept, text);
  const { resolution, resolvedAt } = decided;
  const stands = contact[kept.field];
  const wanted = resolution === 'theirs' ? stands : (written ?? kept.mine);
  const next = { ...contact, [kept.field]: wanted };
  // Nobody saw what stands now behind its stars: it was corrected after the clash.
  if (resolution === null || stands !== kept.theirs || !opensSlip(next)) {
    const open = leftOpen(kept, stands, written);
    return [
      { space, kind: 'conflict', id, data: open },
      { space: gridSpace(gridId), kind: 'conflict', id, data: masked(open) },
    ];
  }
  const edited = written === undefined ? {} : { edited: written };
  const effects: Effect[] = [{ space, kind: 'conflict', id, data: { ...kept, resolution, resolvedAt, ...edited } }];
  if (contactEdits(contact, next) === null) return effects;
  return [
    ...effects,
    { space, kind: 'contact', id: decided.recordId, data: next },
    ...claimsWithContact(tx, ctx, gridId, decided.recordId, next),
  ];
}
