import { Kysely } from 'kysely';
import { Pool } from 'pg';
import type { PostgresAddress } from './postgres-address.ts';
import { connectionConfig } from './postgres-connection.ts';
import { MarkingPostgresDialect } from './postgres-dialect.ts';
import type { Database } from './schema.ts';

/** A process computes on one core: more connections would only wait for each other, and a city has many processes. */
const CONNECTIONS = 10;
/** How long a request waits for one of them, or for the database to be there; then it is asked to come again. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens an office's tables in PostgreSQL. Connects when it is first asked. `onLost` hears of connections that ended
 * by themselves; whoever used one is told by its query.
 */
export function openPostgres(
  address: PostgresAddress,
  onLost: (error: Error) => void = () => undefined,
): Kysely<Database> {
  const pool = new Pool({
    ...connectionConfig(address, 'doorstep'),
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // Without a listener the end of a connection would be the end of the process.
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new MarkingPostgresDialect({ pool }) });
}
