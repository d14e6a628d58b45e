import type { Dependencies } from '../dependencies.ts';
import { clientsOf, noteLetGo } from '../desk/note-let-go.ts';
import { oldestLive } from './session.ts';

/**
 * Throws away sessions that have run out: nobody is let in by them any more. One that was ended stays as long, counted
 * from when its device last came before that: until then the device may hand in what it holds, and be told of the end [RV1].
 * What is held of it lies only here after that.
 */
export async function collectSessions({ db, now }: Pick<Dependencies, 'db' | 'now'>): Promise<number> {
  const oldest = oldestLive(now());
  const runOut = db.selectFrom('session').select('id').where('last_seen_at', '<', oldest);
  const ended = await runOut.where('revoked_at', 'is not', null).execute();
  const phones = await clientsOf(db, ...ended.map(({ id }) => id));
  await noteLetGo(db, phones, now());
  const { numDeletedRows } = await db.deleteFrom('session').where('last_seen_at', '<', oldest).executeTakeFirst();
  return Number(numDeletedRows);
}
