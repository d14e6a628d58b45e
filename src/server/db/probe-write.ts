import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Writes what is there already, down to the disk: throws where nothing can be written. */
export async function probeWrite(db: Kysely<Database>): Promise<void> {
  await db
    .updateTable('server')
    .set((eb) => ({ epoch: eb.ref('epoch') }))
    .where('id', '=', 1)
    .execute();
}
