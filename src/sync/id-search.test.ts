import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdSearch } from './id-search.ts';
import { packIds } from './row-ids.ts';

const uuid = fc.uuid();
/** Of which the ends are the same: the ends alone do not tell them apart. */
const alike = fc.nat({ max: 9 }).map((n) => `0198${n}b00-0000-7000-8000-00000000abcd`);
const other = fc.oneof(
  fc.constantFrom('v1', '', '号'),
  uuid.map((id) => id.toUpperCase()),
);

const withTheirRows = (ids: readonly string[], wanted: readonly string[]): unknown[] =>
  ids.flatMap((id, row) => (wanted.includes(id) ? [[id, row]] : []));

test('ids are found where they are, and no others, in bytes and in lines', () => {
  const ids = fc.uniqueArray(fc.oneof(uuid, alike), { maxLength: 20 });
  fc.assert(
    fc.property(ids, fc.array(other), fc.array(fc.oneof(uuid, alike, other)), (uuids, others, more) => {
      const lines = [...uuids, ...others, 'no uuid'];
      const wanted = [...uuids.filter((_, n) => n % 2 === 0), ...others, ...more];
      expect(new IdSearch(wanted).in(packIds(uuids))).toEqual(uuids.length === 0 ? [] : withTheirRows(uuids, wanted));
      expect(new IdSearch(wanted).in(packIds(lines))).toEqual(withTheirRows(lines, wanted));
    }),
  );
});
