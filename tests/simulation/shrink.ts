/**
 * Delta debugging: the shortest list that still fails, as far as `budget` runs lead. Leaves out halves, then quarters,
 * then eighths, down to single entries.
 */
export async function shrink<T>(
  all: readonly T[],
  fails: (kept: readonly T[]) => Promise<boolean>,
  budget: number,
): Promise<{ kept: readonly T[]; runs: number }> {
  let kept = all;
  let parts = 2;
  let runs = 0;
  while (kept.length > 1 && runs < budget) {
    const size = Math.ceil(kept.length / parts);
    let less: readonly T[] | undefined;
    for (let from = 0; from < kept.length && runs < budget; from += size) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      runs += 1;
      if (await fails(rest)) {
        less = rest;
        break;
      }
    }
    if (less !== undefined) {
      kept = less;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(kept.length, parts * 2);
  }
  return { kept, runs };
}
