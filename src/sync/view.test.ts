import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IndexName } from '../domain/record/indexes.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Row } from '../protocol/sync-messages.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { ViewRecord } from './engine-api.ts';
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
        const view = createView(memory, () => () => undefined);
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
  const view = createView(memory, () => () => undefined);
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

test('an index that there is not is a fault of the program', () => {
  const memory = memoryOf();
  memory.base('grid:1').apply([{ k: 'ticket', id: 't', ver: 1, d: { state: 'logged', loggedAt: 1 } }]);
  const view = createView(memory, () => () => undefined);
  expect(() => view.list({ space: 'grid:1', kind: 'ticket', index: String('byMood') as IndexName<'ticket'> })).toThrow(
    'no index byMood',
  );
});
