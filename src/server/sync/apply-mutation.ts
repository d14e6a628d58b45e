import type { Actor } from '../../domain/actor/actor.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { inLockedSpaces, type LockedDesk } from './in-locked-spaces.ts';
import { noteDirect } from '../metrics/note-push.ts';
import { knownName, logFault } from './log-fault.ts';
import { DIRECT, findDirectReceipt, insertReceipts, readLastSeq } from './receipts.ts';
import { settleMutation, type Outcome } from './settle-mutation.ts';

/** A mutation without an outbox behind it: of a resident, a timer, an import, an account. */
export interface DirectMutation {
  space: SpaceId;
  name: string;
  v: number;
  args: unknown;
  actor: Actor;
  /** Names this one act: a form's hidden id, or a UUIDv5 of timer, record and due time. */
  mid: string;
  /** The mid under which it was held, where it runs under another: the log names both. */
  heldMid?: string;
  /** When it happened, by the server's clock. */
  at: number;
  deviceAt?: number;
  skipAuthorize?: boolean;
  /** What has to be written with it or not at all, once it is applied; where it throws, nothing is. */
  alongside?(desk: LockedDesk): Promise<void>;
}

export type MutationResult =
  | { status: 'applied'; ver: number }
  | { status: 'rejected'; code: string; data: Readonly<Record<string, string | number>> };

/**
 * The path of every write that no phone pushes. A `mid` that comes again in the same space is answered as the first
 * time, and not run again. A fault of the program is answered as rejected with the code `fault`, and may be tried again.
 */
export async function applyMutation(deps: Dependencies, mutation: DirectMutation): Promise<MutationResult> {
  const { space, actor, mid, at, deviceAt = at, skipAuthorize } = mutation;
  const now = deps.now();
  const { result, isNew } = await inLockedSpaces(deps, space, now, async (desk) => {
    const { trx, locked } = desk;
    const nothing = new Set<SpaceId>();
    const earlier = await findDirectReceipt(trx, space, mid);
    if (earlier) {
      if (earlier.status === 'applied') await mutation.alongside?.(desk);
      return { result: { result: toResult(earlier, earlier.ver), isNew: false }, alsoBump: nothing };
    }
    const ctx = { actor, space, mid, at, deviceAt, now };
    const outcome = await settleMutation(desk, deps.rules, mutation, ctx, { mayWrite: () => true, skipAuthorize });
    if (outcome.fault) {
      logFault(
        deps.logger,
        `direct mutation ${knownName(deps.rules.mutators, mutation.name)} has a fault`,
        outcome.fault,
      );
      return { result: { result: toResult(outcome, 0), isNew: false }, alsoBump: nothing };
    }
    const applied = outcome.status === 'applied';
    if (applied) await mutation.alongside?.(desk);
    const ver = (locked.get(space)?.ver ?? 0) + (applied ? 1 : 0);
    const seq = (await readLastSeq(trx, DIRECT, space)) + 1;
    const { status, code, data } = outcome;
    await insertReceipts(trx, DIRECT, space, [{ seq, mid, status, code, data, ver }], now);
    return { result: { result: toResult(outcome, ver), isNew: true }, alsoBump: applied ? new Set([space]) : nothing };
  });
  if (isNew) noteDirect(deps, mutation, result);
  return result;
}

const toResult = ({ status, code, data }: Outcome | Receipt, ver: number): MutationResult =>
  status === 'applied' ? { status, ver } : { status: 'rejected', code, data };
