import type { ComputedRef } from 'vue';
import type { Seen } from '../../domain/conflict/conflict-args.ts';
import { turnOf } from '../../domain/conflict/decision.ts';
import { standingValue } from '../../domain/conflict/standing-value.ts';
import { resolveConflict } from '../../domain/conflict/resolve-conflict.ts';
import type { SaveRequest, View, ViewRecord } from '../../sync/engine-api.ts';
import { useFromView } from './use-view.ts';

type Shown = Pick<ViewRecord<'conflict'>, 'id' | 'space' | 'data'>;

/** What stands by now, not what stood at the clash; of a contact, which is not here, what the conflict says. */
export function standsNow(view: View, { space, data }: Shown): string {
  if (data.resolvedAt !== null) return data.theirs;
  return standingValue({ get: (...at) => view.get(...at)?.data }, space, data) ?? data.theirs;
}

/** By the conflict's id: the value that is shown as the standing one, and that a decision then names as seen. */
export const useStandingValues = (conflicts: () => readonly Shown[]): ComputedRef<ReadonlyMap<string, string>> =>
  useFromView(
    new Map<string, string>(),
    (view) => new Map(conflicts().map((conflict) => [conflict.id, standsNow(view, conflict)])),
  );

type Looked = NonNullable<Seen>;

/** What its author looks at while it says this; kept where somebody takes time over it. */
export const seenIn = ({ data }: Shown, value: string): Looked => ({ value, turn: turnOf(data) });

/** The decision over what was shown; `text` goes in instead of both. */
export function decisionOver(
  { id, space }: Shown,
  seen: Looked,
  choice: { choose: 'mine' | 'theirs' } | { choose: 'edited'; text: string },
): SaveRequest {
  return { space, name: resolveConflict.name, v: resolveConflict.version, args: { id, ...choice, seen } };
}
