import { sql, type Kysely } from 'kysely';
import type { Database } from '../../../src/server/db/schema.ts';

/** Bookkeeping that a refused request may leave: when somebody was last seen, how often digits were wrong. */
const SEEN: readonly string[] = ['last_seen_at', 'drained_at'];
const COUNTS: readonly string[] = ['proof_failure'];

/** Every row of every table as text, so that two dumps can be compared. */
export async function dumpDatabase(db: Kysely<Database>, skip: readonly string[] = []): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`.execute(db);
  const lines: string[] = [];
  for (const { name } of tables) {
    if (COUNTS.includes(name) || skip.includes(name)) continue;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows) {
      const kept = Object.entries(row).filter(([column]) => !SEEN.includes(column));
      lines.push(`${name} ${JSON.stringify(kept)}`);
    }
  }
  return lines.toSorted().join('\n');
}
