import type { Kysely } from 'kysely';
import { isPostgres } from '../db/engine.ts';
import type { Database } from '../db/schema.ts';

/**
 * These phones have let go of what they wrote, or will not come any more: what is held of them lies only here [RV1]. Also
 * what they handed in under a number that they have given up since. It is written down because a sign-in on the same phone
 * takes its ended session away; and each time that one comes, for what was on its way as it ended is held after it was told.
 */
export async function noteLetGo(db: Kysely<Database>, clients: readonly string[], now: number): Promise<void> {
  if (clients.length === 0) return;
  await db
    .withRecursive('number(id, follows, member_id)', (cte) =>
      cte
        .selectFrom('client')
        .select(['id', 'follows', 'member_id'])
        .where('id', 'in', clients)
        .union(
          cte
            .selectFrom('client')
            .innerJoin('number', (join) =>
              join.onRef('number.follows', '=', 'client.id').onRef('number.member_id', '=', 'client.member_id'),
            )
            .select(['client.id', 'client.follows', 'client.member_id']),
        ),
    )
    .updateTable('held')
    .set({ let_go_at: now })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('held')
        .select('held.id')
        .where('let_go_at', 'is', null)
        .where('client', 'in', (inner) => inner.selectFrom('number').select('number.id'))
        // In one order: two tabs of a phone come at once, and would each wait for a row that the other has.
        .orderBy('held.id')
        .$if(isPostgres(db), (query) => query.forNoKeyUpdate()),
    )
    .execute();
}

/** The phones that came last with these sessions. */
export async function clientsOf(db: Kysely<Database>, ...sessions: string[]): Promise<string[]> {
  if (sessions.length === 0) return [];
  const rows = await db.selectFrom('client').select('id').where('session_id', 'in', sessions).execute();
  return rows.map(({ id }) => id);
}
