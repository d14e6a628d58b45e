import type { Transaction } from 'kysely';
import { pinyin } from 'pinyin-pro';
import { buildCatalogue } from '../../src/domain/catalogue/catalogue-build.ts';
import type { AnyRecord, Kind } from '../../src/domain/record/record.ts';
import { contentHash, digestAdd, digestSubtract, EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import type { Database } from '../../src/server/db/schema.ts';
import type { Dependencies } from '../../src/server/dependencies.ts';
import { idAt, ticketAt } from './make-tickets.ts';

interface NewRecord {
  kind: Kind;
  id: string;
  data: AnyRecord['data'];
}

/** As many as a save at a door makes; they share a version. */
const ROWS_PER_VERSION = 5;

type Trx = Transaction<Database>;

async function stateOf(trx: Trx, space: string): Promise<{ ver: number; digest: string }> {
  const state = await trx.selectFrom('space').select(['ver', 'digest']).where('id', '=', space).executeTakeFirst();
  return state ?? { ver: 0, digest: EMPTY_DIGEST };
}

const bump = (trx: Trx, space: string, state: { ver: number; digest: string }): Promise<unknown> =>
  trx
    .insertInto('space')
    .values({ id: space, gc_ver: 0, ...state })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(state))
    .execute();

/** Puts records into a space in the way of the one path: the space has the version first. */
async function addRecords(deps: Dependencies, space: string, records: readonly NewRecord[]): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    let { ver, digest } = await stateOf(trx, space);
    for (let from = 0; from < records.length; from += ROWS_PER_VERSION) {
      ver += 1;
      const rows = records.slice(from, from + ROWS_PER_VERSION).map(({ kind, id, data }) => {
        const text = JSON.stringify(data);
        digest = digestAdd(digest, { kind, id, ver, content: contentHash(text) });
        return { space, kind, id, ver, deleted: 0, data: text, updated_at: deps.now() };
      });
      await bump(trx, space, { ver, digest });
      await trx.insertInto('record').values(rows).execute();
    }
  });
}

/** An office with a catalogue, a community, and grids that hold so many tickets. */
export async function fillOffice(deps: Dependencies, grids: Readonly<Record<string, number>>): Promise<void> {
  const catalogue = buildCatalogue((text) => pinyin(text, { toneType: 'none', type: 'array' }));
  await addRecords(deps, 'office', [
    { kind: 'office', id: 'office', data: { name: '云岫街道', phone: '', catalogueVersion: catalogue.version } },
    { kind: 'catalogue', id: `v${catalogue.version}`, data: catalogue },
    { kind: 'community', id: 'c1', data: { name: '云岫社区', phone: '' } },
  ]);
  const places = Object.keys(grids).map((id): NewRecord => ({
    kind: 'grid',
    id,
    data: { name: id, isDefault: false },
  }));
  await addRecords(deps, 'community:c1', places);
  for (const [grid, count] of Object.entries(grids)) {
    const tickets = Array.from({ length: count }, (_, n): NewRecord => {
      return { kind: 'ticket', id: idAt(n, grid), data: ticketAt(n, grid) };
    });
    await addRecords(deps, `grid:${grid}`, tickets);
  }
}

/** Changes so many tickets that are spread over the whole grid, as others would have while this phone slept. */
export async function changeTickets(
  deps: Dependencies,
  grid: string,
  total: number,
  count: number,
  wave: number,
): Promise<void> {
  const space = `grid:${grid}`;
  await deps.db.transaction().execute(async (trx) => {
    let { ver, digest } = await stateOf(trx, space);
    for (let i = 0; i < count; i++) {
      const n = (Math.floor((i * total) / count) + wave) % total;
      const id = idAt(n, grid);
      const key = { kind: 'ticket', id };
      const before = await trx
        .selectFrom('record')
        .select(['ver', 'data'])
        .where('space', '=', space)
        .where('kind', '=', 'ticket')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const data = JSON.stringify({ ...ticketAt(n, grid), state: 'closed', result: `第${wave}次修好了,住户看过` });
      ver += 1;
      digest = digestSubtract(digest, { ...key, ver: before.ver, content: contentHash(before.data) });
      digest = digestAdd(digest, { ...key, ver, content: contentHash(data) });
      await bump(trx, space, { ver, digest });
      await trx
        .updateTable('record')
        .set({ ver, data, updated_at: deps.now() })
        .where('space', '=', space)
        .where('kind', '=', 'ticket')
        .where('id', '=', id)
        .execute();
    }
  });
}
