import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexes } from '../domain/record/indexes.ts';
import { ticketWith } from '../client/features/desk/ticket-for-tests.ts';
import { isLive, textOf } from '../protocol/sync-lines.ts';
import { SpaceBase } from './base.ts';
import type { StoredRow } from './cache-port.ts';
import { makeSegment } from './build-segment.ts';

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

/** Of a later page: which rows of the first it brings anew or takes away. */
const later = fc.uniqueArray(fc.record({ n: fc.nat({ max: 59 }), isGone: fc.boolean(), isOld: fc.boolean() }), {
  selector: ({ n }) => n,
  maxLength: 12,
});

test('a few rows that lie over segments in the store are laid over them, and of two of one id the later version stays', () => {
  fc.assert(
    fc.property(later, fc.boolean(), (chosen, uuids) => {
      const idOf = (n: number): string => (uuids ? `01989b00-0000-7000-8000-${String(n).padStart(12, '0')}` : `t${n}`);
      const rowOf = (n: number, ver: number): StoredRow & { t: string } => {
        return { k: 'ticket', id: idOf(n), ver, t: JSON.stringify(ticketWith({ loggedAt: ver })) };
      };
      const first = Array.from({ length: 60 }, (_, n) => rowOf(n, 100 + n));
      const segments = [first.slice(0, 30), first.slice(30)].map((rows, n) => {
        return { ...makeSegment(rows, rows.map(textOf), { build: 'test', indexes }), n };
      });
      const rows = chosen.map(({ n, isGone, isOld }): StoredRow => {
        const { t, ...key } = rowOf(n, (isOld ? 10 : 1000) + n);
        return isGone ? key : { ...key, t };
      });
      const whole = new SpaceBase('grid:1', indexes);
      whole.apply(first);
      whole.apply(rows.filter(({ ver }) => ver >= 1000));
      const base = new SpaceBase('grid:1', indexes);
      base.load({ segments, rows, stored: 60 + rows.length }, whole.digest);
      expect([base.digest, base.size]).toEqual([whole.digest, whole.size]);
      for (let n = 0; n < 60; n++) {
        const id = idOf(n);
        const position = base.coldKind('ticket')!.find(id);
        const here = base.kind('ticket').records.get(id);
        expect(position === undefined || here === undefined).toBe(true);
        const ver = position === undefined ? here?.ver : base.coldKind('ticket')!.ver(position);
        expect(ver).toBe(whole.kind('ticket').records.get(id)?.ver);
      }
    }),
    { numRuns: 40 },
  );
});
