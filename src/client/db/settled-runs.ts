const DAY_MS = 24 * 60 * 60_000;

/** Mutations of one space that stand behind each other, and the server's clock when they were settled. */
export type SettledRun = readonly [from: number, to: number, at: number];

/** Runs that touch are one where they are of one day: it then counts from its last. */
function joined(runs: readonly SettledRun[]): SettledRun[] {
  const out: SettledRun[] = [];
  for (const [from, to, at] of runs) {
    const last = out[out.length - 1];
    const isOne = last !== undefined && last[1] + 1 === from && sameDay(last[2], at);
    if (isOne) out[out.length - 1] = [last[0], to, Math.max(last[2], at)];
    else out.push([from, to, at]);
  }
  return out;
}

const sameDay = (a: number, b: number): boolean => Math.floor(a / DAY_MS) === Math.floor(b / DAY_MS);

const without = (runs: readonly SettledRun[], first: number, last: number): SettledRun[] =>
  runs.flatMap(([from, to, at]) => {
    const left: SettledRun[] = [];
    if (from < first) left.push([from, Math.min(to, first - 1), at]);
    if (to > last) left.push([Math.max(from, last + 1), to, at]);
    return left;
  });

/** The runs of a space once these seqs have been settled at that time, or, with null, are to be sent again. */
export function markRuns(runs: readonly SettledRun[], seqs: readonly number[], at: number | null): SettledRun[] {
  const marked = joined([...seqs].sort((a, b) => a - b).map((seq): SettledRun => [seq, seq, at ?? 0]));
  const rest = marked.reduce((left, [from, to]) => without(left, from, to), [...runs]);
  return at === null ? rest : joined([...rest, ...marked].sort((a, b) => a[0] - b[0]));
}

/** When it was settled; the runs are in order. */
export function settledIn(runs: readonly SettledRun[], seq: number): number | null {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (runs[middle]![1] < seq) low = middle + 1;
    else high = middle;
  }
  const run = runs[low];
  return run !== undefined && run[0] <= seq ? run[2] : null;
}
