import type { Transaction } from 'kysely';
import type { SpaceId } from '../../domain/space/space.ts';
import { EMPTY_DIGEST } from '../../protocol/digest.ts';
import type { Database } from '../db/schema.ts';

export interface LockedSpace {
  ver: number;
  digest: string;
}

/**
 * Locks the rows of these spaces until the transaction ends, in the order of their ids, so that two
 * transactions never wait for each other. Whoever holds a space's row alone may give out its next version.
 */
export async function lockSpaces(
  trx: Transaction<Database>,
  spaces: ReadonlySet<SpaceId>,
): Promise<Map<SpaceId, LockedSpace>> {
  const locked = new Map<SpaceId, LockedSpace>();
  for (const id of [...spaces].sort()) {
    await trx
      .insertInto('space')
      .values({ id, ver: 0, gc_ver: 0, digest: EMPTY_DIGEST })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    // An update that changes nothing locks the row in both engines.
    const row = await trx
      .updateTable('space')
      .set((eb) => ({ ver: eb.ref('ver') }))
      .where('id', '=', id)
      .returning(['ver', 'digest'])
      .executeTakeFirstOrThrow();
    locked.set(id, row);
  }
  return locked;
}
