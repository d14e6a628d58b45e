import type { Seen } from './conflict-args.ts';
import type { Conflict } from './conflict.ts';

/** How many values have stood as `theirs` before the one that does. */
export const turnOf = ({ passed = [] }: Pick<Conflict, 'passed'>): number => passed.length;

/** The conflict with what stands now; what was shown as standing until then stays beside it. */
export function withTheirs(conflict: Conflict, stands: string): Conflict {
  if (stands === conflict.theirs) return conflict;
  return { ...conflict, theirs: stands, passed: [...(conflict.passed ?? []), conflict.theirs] };
}

/** Still open, over what stands now, and no longer aside; a text that was to go in is kept. */
export function leftOpen({ asideAt: _, ...conflict }: Conflict, stands: string, text: string | undefined): Conflict {
  const looked = { ...withTheirs(conflict, stands), resolvedAt: null, resolution: null };
  return text === undefined ? looked : { ...looked, offered: [...(conflict.offered ?? []), text] };
}

/** The last text that came too late to go in; of a contact none is here, only stars. */
export const lateText = ({ kind, offered }: Conflict): string | undefined =>
  kind === 'contact' ? undefined : offered?.at(-1);

/**
 * Was it decided over what stands? A phone of before does not say what it showed: that was the value of the clash.
 * A masked value says too little to be compared: there it is the turn that counts.
 */
export function isSeen(conflict: Conflict, stands: string, seen: Seen): boolean {
  if (conflict.kind === 'contact') return (seen?.turn ?? 0) === turnOf(conflict);
  return stands === (seen === null ? (conflict.passed?.[0] ?? conflict.theirs) : seen.value);
}
