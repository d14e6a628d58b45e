import type { Transaction } from 'kysely';
import { parseSpace, type SpaceId } from '../../domain/space/space.ts';
import { EMPTY_DIGEST } from '../../protocol/digest.ts';
import { isPostgres } from '../db/engine.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { bumpedIn } from './transaction-memory.ts';

export interface LockedSpace {
  ver: number;
  digest: string;
}

const findSpace = prepareQuery<{ id: string }, LockedSpace>((db, arg) =>
  db.selectFrom('space').select(['ver', 'digest']).where('id', '=', arg('id')),
);

const makeSpace = prepareQuery<{ id: string }>((db, arg) =>
  db
    .insertInto('space')
    .values({ id: arg('id'), ver: 0, gc_ver: 0, digest: EMPTY_DIGEST })
    .onConflict((conflict) => conflict.doNothing()),
);

/** An update that changes nothing locks the row. */
const lockSpace = prepareQuery<{ id: string }, LockedSpace>((db, arg) =>
  db
    .updateTable('space')
    .set((eb) => ({ ver: eb.ref('ver') }))
    .where('id', '=', arg('id'))
    .returning(['ver', 'digest']),
);

/**
 * Locks the rows of these spaces until the transaction ends, in the order of their ids, so that two
 * transactions never wait for each other. Whoever holds a space's row alone may give out its next version.
 * SQLite's transactions hold everything from their beginning: there the rows are only read.
 */
export async function lockSpaces(
  trx: Transaction<Database>,
  spaces: ReadonlySet<SpaceId>,
): Promise<Map<SpaceId, LockedSpace>> {
  const bumped = bumpedIn(trx);
  const locked = new Map<SpaceId, LockedSpace>();
  for (const id of [...spaces].sort()) locked.set(id, bumped.get(id) ?? (await lockOne(trx, id)));
  return locked;
}

async function lockOne(trx: Transaction<Database>, id: SpaceId): Promise<LockedSpace> {
  let [row] = isPostgres(trx) ? [] : await findSpace(trx, { id });
  if (!row) {
    await makeSpace(trx, { id });
    [row] = await lockSpace(trx, { id });
  }
  if (!row) throw new Error(`a space was not made: ${parseSpace(id)?.kind ?? 'of no kind'}`);
  return row;
}
