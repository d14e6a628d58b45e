import type { Kysely, Transaction } from 'kysely';
import { contentHash, DigestSum } from '../../protocol/digest.ts';
import { isPostgres } from '../db/engine.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database, RecordTable } from '../db/schema.ts';
import { writeDerived } from './derived-tables.ts';
import type { LockedSpace } from './lock-spaces.ts';
import { bumpedIn, noteMoved } from './transaction-memory.ts';
import type { TextWrite } from './workspace.ts';

/** Rows a statement of PostgreSQL, to which each is a way. SQLite takes them one by one from a prepared one. */
const ROWS = 50;

/**
 * Brings the digests of `locked` to what these writes make of them, and names the spaces that change.
 * `locked` must hold every space that is written.
 */
export function reckonDigests(locked: ReadonlyMap<string, LockedSpace>, writes: readonly TextWrite[]): Set<string> {
  const sums = new Map<string, DigestSum>();
  for (const { space: spaceId, kind, id, stored, text } of writes) {
    const space = mustGet(locked, spaceId);
    const sum = sums.get(spaceId) ?? new DigestSum(space.digest);
    sums.set(spaceId, sum);
    if (stored.text !== null) sum.subtract({ kind, id, ver: stored.ver, content: contentHash(stored.text) });
    if (text !== null) sum.add({ kind, id, ver: space.ver + 1, content: contentHash(text) });
  }
  for (const [id, sum] of sums) mustGet(locked, id).digest = sum.digest;
  return new Set(sums.keys());
}

/**
 * Stores what a workspace has settled: each row with the next version of its space. The spaces must have it already:
 * the database refuses a row that has another.
 */
export async function writeRecords(
  trx: Transaction<Database>,
  locked: ReadonlyMap<string, LockedSpace>,
  writes: readonly TextWrite[],
  now: number,
): Promise<void> {
  const rows = writes.map(({ space, kind, id, text }): NewRow => ({
    space,
    kind,
    id,
    ver: mustGet(locked, space).ver + 1,
    deleted: text === null ? 1 : 0,
    data: text ?? 'null',
    updated_at: now,
  }));
  await upsert(trx, rows);
  for (const write of writes) await writeDerived(trx, write);
}

const writeSpace = prepareQuery<{ id: string; ver: number; digest: string }>((db, arg) =>
  db
    .updateTable('space')
    .set({ ver: arg('ver'), digest: arg('digest') })
    .where('id', '=', arg('id')),
);

/** Gives the spaces their next version; what was written under the lock carries it. */
export async function bumpSpaces(
  trx: Transaction<Database>,
  locked: ReadonlyMap<string, LockedSpace>,
  spaces: ReadonlySet<string>,
): Promise<void> {
  noteMoved(trx, spaces);
  for (const id of [...spaces].sort()) {
    const { ver, digest } = mustGet(locked, id);
    await writeSpace(trx, { id, ver: ver + 1, digest });
    bumpedIn(trx).set(id, { ver: ver + 1, digest });
  }
}

type NewRow = Pick<RecordTable, keyof RecordTable>;

const upsertRows = (db: Kysely<Database>, rows: readonly NewRow[]) =>
  db
    .insertInto('record')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['space', 'kind', 'id']).doUpdateSet((eb) => ({
        ver: eb.ref('excluded.ver'),
        deleted: eb.ref('excluded.deleted'),
        data: eb.ref('excluded.data'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    );

const upsertRow = prepareQuery<NewRow>((db, arg) =>
  upsertRows(db, [
    {
      space: arg('space'),
      kind: arg('kind'),
      id: arg('id'),
      ver: arg('ver'),
      deleted: arg('deleted'),
      data: arg('data'),
      updated_at: arg('updated_at'),
    },
  ]),
);

async function upsert(trx: Transaction<Database>, rows: readonly NewRow[]): Promise<void> {
  if (rows.length > 1 && isPostgres(trx)) {
    for (let from = 0; from < rows.length; from += ROWS) await upsertRows(trx, rows.slice(from, from + ROWS)).execute();
  } else {
    for (const row of rows) await upsertRow(trx, row);
  }
}

function mustGet(locked: ReadonlyMap<string, LockedSpace>, id: string): LockedSpace {
  const space = locked.get(id);
  if (!space) throw new Error(`space is written without its lock: ${id.split(':')[0] ?? ''}`);
  return space;
}
