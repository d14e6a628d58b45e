import { memberSpace } from '../domain/space/space.ts';
import type { EngineMemory } from './engine-memory.ts';

/** What a coordinator made of a held mutation; its notice in the author's own space tells it by `mid` [RC4]. */
export interface HeldDecision {
  as: 'accepted' | 'returned';
  /** Why it was sent back; empty where it was accepted. */
  reason: string;
}

/** Every decision that this device has been told of, by the `mid` of what was held. */
export function heldDecisions(memory: EngineMemory): ReadonlyMap<string, HeldDecision> {
  if (memory.first !== null) return memory.first.decisions;
  const decisions = new Map<string, HeldDecision>();
  const toldAt = new Map<string, number>();
  const notices = memory.bases.get(memberSpace(memory.deps.memberId))?.kind('notice').records.values() ?? [];
  for (const {
    view: { data },
  } of notices) {
    if (!('params' in data) || (data.type !== 'heldAccepted' && data.type !== 'heldReturned')) continue;
    const { mid, reason } = data.params;
    const as = data.type === 'heldAccepted' ? 'accepted' : 'returned';
    if (typeof mid !== 'string' || data.at < (toldAt.get(mid) ?? -Infinity)) continue;
    // What was sent back may have been taken up again: the last word counts.
    toldAt.set(mid, data.at);
    decisions.set(mid, { as, reason: typeof reason === 'string' ? reason : '' });
  }
  return decisions;
}
