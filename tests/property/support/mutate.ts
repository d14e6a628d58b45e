import fc from 'fast-check';

type Path = readonly (string | number)[];

/** Every place in a JSON value, the whole among them. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaceAt(value: unknown, [head, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (head === undefined) return change(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const next = replaceAt(copy[head], rest, change);
  if (next === undefined) delete copy[head];
  else copy[head] = next;
  return copy;
}

/** What does not belong where it stands: other types, the edges of numbers, texts that break things. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, undefined, true, '', ' ', 0, -1, 1.5, 1e308, [], {}, '\u0000', '\ud800', '%00', "' or 1=1 --"),
  fc.constantFrom('x'.repeat(5000), '../../etc/passwd', '__proto__', 'constructor', '9'.repeat(400)),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue(),
);

/** A sample with something wrong at one or a few places, or something else altogether. */
export const mutated = (sample: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(sample);
  const one = fc.record({ path: fc.constantFrom(...paths), value: oddValue, extra: fc.boolean() });
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(one, { minLength: 1, maxLength: 3 }).map((changes) => apply(sample, changes)) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
};

function apply(sample: unknown, changes: readonly { path: Path; value: unknown; extra: boolean }[]): unknown {
  return changes.reduce<unknown>((value, { path, value: odd, extra }) => {
    try {
      return replaceAt(value, path, (old) =>
        extra && typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, extra: odd } : odd,
      );
    } catch {
      // An earlier change took away what this one is about.
      return value;
    }
  }, sample);
}
