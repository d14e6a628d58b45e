import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashesOf, hashOfId, idOfRow, packIds, unpackIds } from './row-ids.ts';

const uuid = fc.uuid();
const other = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'F', '1', '-', '号'), maxLength: 36 }),
  uuid.map((id) => id.toUpperCase()),
);

test('ids are what they were, one by one and all together, and hash to the same as their text', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(uuid, uuid, uuid, other), { minLength: 1, maxLength: 20 }), (ids) => {
      const packed = packIds(ids);
      expect(unpackIds(packed)).toEqual(ids);
      expect(ids.map((_, row) => idOfRow(packed, () => unpackIds(packed), row))).toEqual(ids);
      expect([...hashesOf(packed)]).toEqual(ids.map(hashOfId));
    }),
  );
});

test('UUIDs take sixteen bytes each, and one that is none leaves all of them as lines', () => {
  const [one, two] = ['018f2c4e-7a1b-7c3d-8e4f-5a6b7c8d9e0f', '018f2c4e-7a1b-7c3d-8e4f-5a6b7c8d9e10'];
  expect(packIds([one, two])).toHaveLength(32);
  expect(packIds([one, 'v1'])).toBe(`${one}\nv1`);
  expect(packIds([one.toUpperCase()])).toBe(one.toUpperCase());
  const odd = ['g', '号']
    .map((digit) => digit + one.slice(1))
    .concat(one.replaceAll('-', '0'), one.slice(1), `${one}0`);
  for (const id of odd) expect(packIds([one, id])).toBe(`${one}\n${id}`);
});
