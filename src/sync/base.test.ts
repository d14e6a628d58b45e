import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexes } from '../domain/record/indexes.ts';
import { ticketWith } from '../client/features/desk/ticket-for-tests.ts';
import { isLive, textOf } from '../protocol/sync-lines.ts';
import { SpaceBase } from './base.ts';
import type { StoredRow } from './ports.ts';
import { makeSegment } from './segment.ts';

const IDS = Array.from({ length: 12 }, (_, n) =>
  n % 3 === 0 ? `t${n}` : `01989b00-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`,
);

/** Which row a page has, and whether it is a live one. */
const page = fc.uniqueArray(fc.record({ id: fc.constantFrom(...IDS), isGone: fc.boolean() }), {
  selector: ({ id }) => id,
  minLength: 1,
});

/** Whether the ids of a page are all UUIDs decides how a segment has them. */
const pages = fc.array(fc.record({ rows: page, asSegment: fc.boolean(), uuids: fc.boolean() }), { maxLength: 6 });

const found = (base: SpaceBase): unknown =>
  IDS.map((id) => {
    const cold = base.coldKind('ticket');
    const position = cold?.find(id);
    const whole = base.kind('ticket').records.get(id);
    expect([position, whole].filter((one) => one !== undefined).length).toBeLessThan(2);
    return position === undefined ? whole?.ver : cold?.ver(position);
  });

test('pages that come in segments leave the same rows and the same digest as those that come whole', () => {
  fc.assert(
    fc.property(pages, (made) => {
      const [base, whole] = [new SpaceBase('grid:1', indexes), new SpaceBase('grid:1', indexes)];
      let ver = 0;
      for (const { rows: chosen, asSegment, uuids } of made) {
        const rows = chosen
          .filter(({ id }) => !uuids || id.includes('-'))
          .map(({ id, isGone }): StoredRow => {
            const key = { k: 'ticket', id, ver: ++ver };
            return isGone ? key : { ...key, t: JSON.stringify(ticketWith({ loggedAt: ver })) };
          });
        whole.apply(rows);
        const [live, gone] = [rows.filter(isLive), rows.filter((row) => !isLive(row))];
        if (!asSegment || live.length === 0) {
          base.apply(rows);
        } else {
          const segment = { ...makeSegment(live, live.map(textOf), { build: 'test', indexes }), n: ver };
          const digest = base.digestAfter(gone, [segment]);
          expect(digest).toBe(whole.digest);
          base.applySegments([segment], gone, digest);
        }
        expect([base.digest, base.size]).toEqual([whole.digest, whole.size]);
        expect(found(base)).toEqual(found(whole));
      }
    }),
  );
});
