/** Checks that run in a test runner and in a bare page alike. */
export function check(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

export function checkEqual(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(sorted(actual)), JSON.stringify(sorted(expected))];
  check(is === should, `${what}: ${is} is not ${should}`);
}

/** Waits until it holds; other handles hear of a write a little later. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`never: ${what}`);
}

export interface ContractCase<Store> {
  name: string;
  /** `open` answers a new handle on the same storage, as another tab or the next start would have. */
  run(open: () => Promise<Store>): Promise<void>;
}
