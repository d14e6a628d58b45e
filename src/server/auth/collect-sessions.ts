import type { Dependencies } from '../dependencies.ts';
import { oldestLive } from './session.ts';

/**
 * Throws away sessions that have run out: nobody is let in by them any more. One that was ended stays as long, counted
 * from when its device last came before that: until then the device may hand in what it holds, and be told of the end. [RV1]
 */
export async function collectSessions({ db, now }: Pick<Dependencies, 'db' | 'now'>): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('last_seen_at', '<', oldestLive(now()))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
