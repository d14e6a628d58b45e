import { maskField } from '../contact/masking.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { conflictResolveArgs } from './conflict-args.ts';
import { mayResolve } from './conflict-policy.ts';
import type { Conflict } from './conflict.ts';
import { isSeen, leftOpen, withTheirs } from './decision.ts';
import { putField } from './put-field.ts';
import { standingValue } from './standing-value.ts';
import { readWritten } from './written-field.ts';

/**
 * Chooses between the value that stands, the one that was kept, and a third. Whoever decides has seen what stands:
 * where something else does, nothing goes in, and it stays open over that.
 */
export const resolveConflict = defineMutator({
  name: 'conflict.resolve',
  version: 2,
  spaceKind: 'grid',
  alsoIn: ['community', 'office'],
  args: conflictResolveArgs,
  creates: false,
  homing: { records: ({ id }) => [{ kind: 'conflict', id }] },
  upcast: { 1: (args) => ({ ...(args as object), seen: null }) },
  authorize(tx, { id }, { actor, space }) {
    const conflict = tx.get(space, 'conflict', id);
    refuseUnless(conflict, 'notFound');
    refuseUnless(mayResolve(actor, space, conflict), 'forbidden');
  },
  apply(tx, { id, choose, text, seen }, ctx) {
    const conflict = tx.get(ctx.space, 'conflict', id);
    refuseUnless(conflict, 'notFound');
    const written = text === undefined ? undefined : readWritten(conflict, text);
    refuseUnless(written !== undefined || choose !== 'edited', 'invalid');
    const kept = written === undefined ? undefined : asKept(conflict, written);
    if (isSoAlready(conflict, choose, kept)) return;
    refuseUnless(conflict.resolution === null, 'state', { state: 'resolved' });
    const stands = standingValue(tx, ctx.space, conflict) ?? conflict.theirs;
    if (!isSeen(conflict, stands, seen)) {
      tx.put('conflict', id, leftOpen(conflict, stands, kept));
      return;
    }
    if (choose !== 'theirs') putField(tx, ctx, { ...conflict, mine: written ?? conflict.mine });
    const decided = { ...withTheirs(conflict, stands), resolution: choose, resolvedAt: ctx.at };
    tx.put('conflict', id, kept === undefined ? decided : { ...decided, edited: kept });
  },
});

/** Of a contact stars are compared, which say too little: another text may lie behind them, and is refused with its words. */
const isSoAlready = ({ kind, resolution, edited }: Conflict, choose: Conflict['resolution'], kept?: string): boolean =>
  resolution === choose && edited === kept && !(kind === 'contact' && choose === 'edited');

/** The grid's copy of a contact's conflict stays masked. */
const asKept = ({ kind, field }: Conflict, value: string): string =>
  kind === 'contact' ? maskField(field, value) : value;
