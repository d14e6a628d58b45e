import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Lines } from '../../protocol/sync-lines.ts';
import { isPostgres } from '../db/engine.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { endOf, type Position } from './pull-cursor.ts';

interface PageOfLines {
  lines: Lines;
  /** The last of these rows, where more stand behind it up to the same version. */
  moreAfter: Position | null;
}

/** Behind a position, up to another one. */
interface Range {
  space: string;
  ver: number;
  kind: string;
  id: string;
  lastVer: number;
  lastKind: string;
  lastId: string;
}

type Args<T> = { [name in keyof T]: T[name] };

/** The last row that has room, and the first that has none; the index alone answers. */
const findEnd = prepareQuery<Args<Range & { before: number }>, Position>((db, arg) =>
  db
    .selectFrom('record')
    .select(['ver', 'kind', 'id'])
    .where('space', '=', arg('space'))
    .where(isBehind(arg))
    .where(isUpTo(arg))
    .orderBy('ver')
    .orderBy('kind')
    .orderBy('id')
    .limit(2)
    .offset(arg('before')),
);

/**
 * The database writes the lines: 2,000 rows are one value for us, in the bytes in which SQLite has them. They stand in no
 * order that one could rely on; the range says which they are.
 */
const findLines = prepareQuery<Args<Range>, { count: number; lines: Uint8Array | string | null }>((db, arg) =>
  db
    .selectFrom('record')
    .select((record) => [record.fn.countAll<number>().as('count'), linesTogether(db).as('lines')])
    .where('space', '=', arg('space'))
    .where(isBehind(arg))
    .where(isUpTo(arg)),
);

const findCount = prepareQuery<Args<Range>, { count: number }>((db, arg) =>
  db
    .selectFrom('record')
    .select((record) => record.fn.countAll<number>().as('count'))
    .where('space', '=', arg('space'))
    .where(isBehind(arg))
    .where(isUpTo(arg)),
);

type Arg = <N extends keyof Range>(name: N) => Range[N];

const isBehind = (arg: Arg): RawBuilder<boolean> =>
  sql<boolean>`(ver, kind, id) > (${arg('ver')}, ${arg('kind')}, ${arg('id')})`;
const isUpTo = (arg: Arg): RawBuilder<boolean> =>
  sql<boolean>`(ver, kind, id) <= (${arg('lastVer')}, ${arg('lastKind')}, ${arg('lastId')})`;

/** As `lineOf` writes one; the text of a tombstone is empty. */
const LINE = sql`kind || ${sql.lit('\t')} || id || ${sql.lit('\t')} || ver || ${sql.lit('\t')}
  || case when deleted = 1 then '' else data end || ${sql.lit('\n')}`;

const linesTogether = (db: Kysely<Database>): RawBuilder<Uint8Array | string | null> =>
  isPostgres(db) ? sql`string_agg(${LINE}, '')` : sql`cast(group_concat(${LINE}, '') as blob)`;

/** Of a page without rows. */
export const NO_LINES: Lines = { count: 0, bytes: new Uint8Array() };

/** The next rows of a space behind a position, up to a version, tombstones among them; what they say as it lies there. */
export async function readLines(
  trx: Transaction<Database>,
  space: string,
  after: Position,
  upTo: number,
  limit: number,
): Promise<PageOfLines> {
  const end = endOf(upTo);
  if (after.ver === end.ver && after.kind === end.kind) return { lines: NO_LINES, moreAfter: null };
  const all = rangeOf(space, after, end);
  if (limit === 0) {
    const [first] = await findEnd(trx, { ...all, before: 0 });
    return { lines: NO_LINES, moreAfter: first ? after : null };
  }
  const [last, next] = await findEnd(trx, { ...all, before: limit - 1 });
  const moreAfter = last && next ? last : null;
  return { lines: await linesIn(trx, moreAfter ? rangeOf(space, after, moreAfter) : all), moreAfter };
}

/** All rows behind a position up to another one. */
export const readLinesUpTo = (
  trx: Transaction<Database>,
  space: string,
  after: Position,
  last: Position,
): Promise<Lines> => linesIn(trx, rangeOf(space, after, last));

/** How many there are of these; the index alone answers. */
export async function countRows(
  trx: Transaction<Database>,
  space: string,
  after: Position,
  last: Position,
): Promise<number> {
  const [found] = await findCount(trx, rangeOf(space, after, last));
  return found?.count ?? 0;
}

/** Whether any row stands behind a position, up to a version. */
export async function isMoreBehind(
  trx: Transaction<Database>,
  space: string,
  after: Position,
  upTo: number,
): Promise<boolean> {
  const [first] = await findEnd(trx, { ...rangeOf(space, after, endOf(upTo)), before: 0 });
  return first !== undefined;
}

async function linesIn(trx: Transaction<Database>, range: Range): Promise<Lines> {
  const [found] = await findLines(trx, range);
  return toLines(found);
}

function toLines(found: { count: number; lines: Uint8Array | string | null } | undefined): Lines {
  if (!found?.lines) return NO_LINES;
  const { count, lines } = found;
  return { count, bytes: typeof lines === 'string' ? Buffer.from(lines) : lines };
}

const rangeOf = (space: string, { ver, kind, id }: Position, last: Position): Range => ({
  space,
  ver,
  kind,
  id,
  lastVer: last.ver,
  lastKind: last.kind,
  lastId: last.id,
});
