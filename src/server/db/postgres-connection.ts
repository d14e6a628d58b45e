import { types, type ClientConfig } from 'pg';
import type { PostgresAddress } from './postgres-address.ts';

const INT8 = types.builtins.INT8;
const NUMERIC = types.builtins.NUMERIC;

/** As long as SQLite waits for its one lock; then the phone is asked to come again. */
const LOCK_TIMEOUT_MS = 5_000;
/** No statement of ours takes so long; one that does holds locks that others wait for. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A process that was stopped in the middle of a transaction must not hold its locks for ever. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** What every connection to an office's tables has in common; what the address itself sets goes before. */
export const connectionConfig = ({ url, schema }: PostgresAddress, applicationName: string): ClientConfig => ({
  connectionString: withSearchPath(url, schema),
  application_name: applicationName,
  lock_timeout: LOCK_TIMEOUT_MS,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // Every whole number of ours is a count or milliseconds: JavaScript's numbers hold them, as SQLite gives them.
  types: {
    getTypeParser: ((oid: number, format?: 'text') =>
      oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
  },
});

function withSearchPath(text: string, schema: string): string {
  const url = new URL(text);
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.set('options', `${options} -c search_path=${schema}`.trimStart());
  return url.href;
}
