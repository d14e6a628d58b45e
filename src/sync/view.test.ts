import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IndexName } from '../domain/record/indexes.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { digestAdd, EMPTY_DIGEST } from '../protocol/digest.ts';
import { isLive, textOf } from '../protocol/sync-lines.ts';
import type { Row } from '../protocol/sync-messages.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { ViewRecord } from './engine-api.ts';
import type { StoredRow } from './cache-port.ts';
import { contentOf } from './row-content.ts';
import { makeSegment } from './build-segment.ts';
import { createBodyReader } from './body-reader.ts';
import { createView } from './view.ts';

const indexes = {
  ticket: {
    all: { key: () => '', sort: ({ loggedAt }: { loggedAt: number }) => loggedAt },
    byState: { key: ({ state }: { state: string }) => state, sort: ({ loggedAt }: { loggedAt: number }) => loggedAt },
  },
} as unknown as IndexRegistry;

function memoryOf(): EngineMemory {
  return idleEngineMemory('m', indexes);
}

const SPACES = ['grid:1', 'grid:2'];
const record = fc.record({
  space: fc.constantFrom(...SPACES),
  id: fc.integer({ min: 0, max: 30 }).map((n) => `t${n}`),
  state: fc.constantFrom('logged', 'accepted'),
  loggedAt: fc.integer({ min: 0, max: 8 }),
});
type Made = { space: string; id: string; state: string; loggedAt: number };
const unique = (maxLength: number) =>
  fc.uniqueArray(record, { selector: ({ space, id }) => `${space} ${id}`, maxLength });

const rowOf = ({ id, state, loggedAt }: Made, ver: number): Row => ({ k: 'ticket', id, ver, d: { state, loggedAt } });

/** What a list ought to be, the slow way. */
function listed(all: Map<string, Made>, spaces: string[], key: string | undefined, descending: boolean): string[] {
  const found = [...all.values()]
    .filter((one) => spaces.includes(one.space) && (key === undefined || one.state === key))
    .sort((a, b) => a.loggedAt - b.loggedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return (descending ? found.reverse() : found).map((one) => `${one.loggedAt} ${one.id}`);
}

const shown = (records: readonly ViewRecord<'ticket'>[]): string[] =>
  records.map(({ data, id }) => `${data.loggedAt} ${id}`);

test('[VW4] a list over base and overlay is what sorting everything would give, page by page and in both orders', () => {
  fc.assert(
    fc.property(
      unique(40),
      unique(15),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      (base, over, keyed, descending, limit) => {
        const memory = memoryOf();
        const view = createView(
          memory,
          () => () => undefined,
          createBodyReader(memory, () => undefined),
        );
        const all = new Map<string, Made>();
        // Built before the changes and after them: both ways of keeping an index are tried.
        const half = Math.floor(base.length / 2);
        for (const [n, made] of base.entries()) {
          if (n === half) view.list({ space: SPACES, kind: 'ticket', index: 'byState' });
          memory.base(made.space).apply([rowOf(made, n + 1)]);
          all.set(`${made.space} ${made.id}`, made);
        }
        for (const [n, made] of over.entries()) {
          const gone = n % 4 === 3;
          const { space, id, state, loggedAt } = made;
          const data = { state, loggedAt } as unknown as ViewRecord<'ticket'>['data'];
          const fresh: ViewRecord = { space, kind: 'ticket', id, ver: 0, deleted: false, data, pending: true };
          memory.overlay.apply(space, [{ kind: 'ticket', id, record: gone ? undefined : fresh }]);
          if (gone) all.delete(`${space} ${id}`);
          else all.set(`${space} ${id}`, made);
        }
        for (const spaces of [['grid:1'], SPACES]) {
          const key = keyed ? 'logged' : undefined;
          const query = { space: spaces, kind: 'ticket' as const, index: 'byState' as const, key };
          const order = descending ? ('desc' as const) : ('asc' as const);
          const expected = listed(all, spaces, key, descending);
          if (spaces.length === 1) {
            expect(shown(view.list({ ...query, order }))).toEqual(expected);
            const paged: string[] = [];
            for (let page = view.list({ ...query, order, limit }); page.length > 0;) {
              paged.push(...shown(page));
              const last = page[page.length - 1]!;
              page = view.list({ ...query, order, limit, after: { sort: last.data.loggedAt, id: last.id } });
            }
            expect(paged).toEqual(expected);
          } else {
            expect(shown(view.list({ ...query, order })).sort()).toEqual([...expected].sort());
          }
          expect(view.count(query)).toBe(expected.length);
        }
      },
    ),
  );
});

test('[VW4] a page of the base that loses rows to pending mutations is filled up again', () => {
  const memory = memoryOf();
  const view = createView(
    memory,
    () => () => undefined,
    createBodyReader(memory, () => undefined),
  );
  const made = Array.from({ length: 10 }, (_, n): Made => ({
    space: 'grid:1',
    id: `t${n}`,
    state: 'logged',
    loggedAt: n,
  }));
  memory.base('grid:1').apply(made.map((one, n) => rowOf(one, n + 1)));
  memory.overlay.apply(
    'grid:1',
    [0, 1, 2].map((n) => ({ kind: 'ticket' as const, id: `t${n}`, record: undefined })),
  );
  const page = view.list({ space: 'grid:1', kind: 'ticket', index: 'byState', key: 'logged', limit: 5 });
  expect(page.map(({ id }) => id)).toEqual(['t3', 't4', 't5', 't6', 't7']);
});

/** A large space: segments in the store, some of their rows replaced by others and by whole rows, and what each says. */
async function loadInSegments(waves: readonly (readonly Made[])[], whole: readonly Row[]): Promise<EngineMemory> {
  const memory = memoryOf();
  const stored: StoredRow[][] = [];
  let ver = 0;
  const segments = waves.map((wave) => {
    const rows = wave.map((made) => {
      const { k, id, d, ver: at } = rowOf(made, ++ver);
      return { k, id, ver: at, t: JSON.stringify(d) };
    });
    stored.push(rows);
    const texts = rows.map(({ t }) => t);
    return { ...makeSegment(rows, texts, { build: 'test', indexes }), n: stored.length - 1 };
  });
  memory.deps.cache.bodies = (places) => Promise.resolve(places.map(({ n, row }) => stored[n]?.[row]));
  const live = new Map([...stored.flat(), ...whole].map((row) => [row.id, row]));
  const expected = [...live.values()].filter(isLive).reduce((sum, row) => {
    return digestAdd(sum, { kind: row.k, id: row.id, ver: row.ver, content: contentOf(row) });
  }, EMPTY_DIGEST);
  memory.base('grid:1').load({ segments, rows: whole, stored: ver }, expected);
  expect(memory.base('grid:1').digest).toBe(expected);
  return memory;
}

test('[VW8] a large space answers as one that is here whole, once what it says was read', async () => {
  const made = (maxLength: number) =>
    fc.uniqueArray(
      record.map((one) => ({ ...one, space: 'grid:1' })),
      { selector: ({ id }) => id, minLength: 1, maxLength },
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(made(30), { minLength: 1, maxLength: 4 }),
      made(12),
      made(12),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      async (waves, laid, later, keyed, descending, limit) => {
        const first = waves.reduce((sum, wave) => sum + wave.length, 0);
        const whole = laid.map((one, n): Row => {
          const row = rowOf(one, first + n + 1);
          return n % 4 === 3 ? { k: row.k, id: row.id, ver: row.ver } : row;
        });
        const memory = await loadInSegments(waves, whole);
        const reader = createBodyReader(memory, () => undefined);
        const view = createView(memory, () => () => undefined, reader);
        const all = new Map(waves.flat().map((one) => [one.id, one]));
        for (const [n, one] of laid.entries()) {
          if (n % 4 === 3) all.delete(one.id);
          else all.set(one.id, one);
        }
        const query = { space: 'grid:1', kind: 'ticket' as const, index: 'byState' as const };
        const key = keyed ? 'logged' : undefined;
        const order = descending ? ('desc' as const) : ('asc' as const);
        const check = async (): Promise<void> => {
          const expected = listed(
            new Map([...all].map(([id, one]) => [`grid:1 ${id}`, one])),
            ['grid:1'],
            key,
            descending,
          );
          expect(view.count({ ...query, key })).toBe(expected.length);
          expect(shown(await view.whole(() => view.list({ ...query, key, order })))).toEqual(expected);
          const page = await view.whole(() => view.list({ ...query, key, order, limit }));
          expect(shown(page)).toEqual(expected.slice(0, limit));
          const last = page.at(-1);
          const after = last && { sort: last.data.loggedAt, id: last.id };
          expect(shown(await view.whole(() => view.list({ ...query, key, order, after, limit })))).toEqual(
            expected.slice(limit, limit * 2),
          );
          for (let n = 0; n <= 30; n++) {
            expect(view.has('grid:1', 'ticket', `t${n}`)).toBe(all.has(`t${n}`));
            const found = await view.whole(() => view.get('grid:1', 'ticket', `t${n}`));
            expect(found?.data.loggedAt).toBe(all.get(`t${n}`)?.loggedAt);
          }
        };
        await check();
        // What comes then lies over it.
        memory.base('grid:1').apply(later.map((one, n) => rowOf(one, 1000 + n)));
        for (const one of later) all.set(one.id, one);
        await check();
        // What waits lies over whichever of them it changes: those of segments too.
        for (const changed of [...all.values()].filter((_, n) => n % 3 === 0)) {
          const data = { state: 'accepted', loggedAt: 4 } as unknown as ViewRecord<'ticket'>['data'];
          const fresh: ViewRecord = {
            space: 'grid:1',
            kind: 'ticket',
            id: changed.id,
            ver: 0,
            deleted: false,
            data,
            pending: true,
          };
          memory.overlay.apply('grid:1', [{ kind: 'ticket', id: changed.id, record: fresh }]);
          all.set(changed.id, { ...changed, state: 'accepted', loggedAt: 4 });
        }
        await check();
      },
    ),
  );
});

test('[VW8] a page of segments over what is here is the same page laid row by row', () => {
  fc.assert(
    fc.property(unique(40), unique(25), (before, page) => {
      const inOne = (made: readonly Made[]) => made.filter(({ space }) => space === 'grid:1');
      const rows = inOne(page).map((one, n) => {
        const { k, id, ver, d } = rowOf(one, 100 + n);
        return { k, id, ver, t: JSON.stringify(d) };
      });
      if (rows.length === 0) return;
      const [plain, segmented] = [memoryOf().base('grid:1'), memoryOf().base('grid:1')];
      for (const base of [plain, segmented]) base.apply(inOne(before).map((one, n) => rowOf(one, n + 1)));
      const digest = plain.digestAfter(rows);
      const segment = { ...makeSegment(rows, rows.map(textOf), { build: 'test', indexes }), n: 1 };
      plain.apply(rows);
      segmented.applySegments([segment], rows, digest);
      expect([segmented.size, segmented.digest]).toEqual([plain.size, plain.digest]);
      expect(segmented.digestAfter(rows)).toBe(plain.digestAfter(rows));
    }),
  );
});

test('an index that there is not is a fault of the program', () => {
  const memory = memoryOf();
  memory.base('grid:1').apply([{ k: 'ticket', id: 't', ver: 1, d: { state: 'logged', loggedAt: 1 } }]);
  const view = createView(
    memory,
    () => () => undefined,
    createBodyReader(memory, () => undefined),
  );
  expect(() => view.list({ space: 'grid:1', kind: 'ticket', index: String('byMood') as IndexName<'ticket'> })).toThrow(
    'no index byMood',
  );
});
