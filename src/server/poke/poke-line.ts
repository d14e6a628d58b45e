import { Client } from 'pg';
import type { PostgresAddress } from '../db/postgres-address.ts';
import { connectionConfig } from '../db/postgres-connection.ts';
import { packPokes, readPokes } from './poke-payload.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A line that nobody speaks on may have died unnoticed: it is asked now and then, and must answer. */
const CHECK_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;

/** One connection that hears the pokes of an office's other processes and tells them ours. */
export interface PokeLine {
  /** Throws where the line is dead; then nobody may have heard. */
  tell(pokes: ReadonlyMap<string, number>): Promise<void>;
  /** The version of every space that was ever written. */
  readVersions(): Promise<[space: string, ver: number][]>;
  /** Resolves when the line has ended, with why; null where we ended it. */
  ended: Promise<unknown>;
  close(): Promise<void>;
}

export async function openPokeLine(
  address: PostgresAddress,
  onPoke: (space: string, ver: number) => void,
): Promise<PokeLine> {
  const channel = `poke_${address.schema}`;
  const client = new Client({
    ...connectionConfig(address, 'doorstep pokes'),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  let end: (why: unknown) => void = () => undefined;
  const ended = new Promise<unknown>((resolve) => (end = resolve));
  client.on('error', end);
  client.on('end', () => end(null));
  try {
    await client.connect();
    // Nothing but a hint is lost with a notification: it need not reach the disk.
    await client.query('set synchronous_commit = off');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    client.on('notification', ({ payload, processId }) => {
      if (processId === rows[0]?.pid) return;
      for (const [space, ver] of readPokes(payload ?? '')) onPoke(space, ver);
    });
    await client.query(`listen ${channel}`);
  } catch (error) {
    void close(client);
    throw error;
  }
  const check = setInterval(() => {
    client.query('select 1').catch(end);
  }, CHECK_EVERY_MS);
  void ended.then(() => {
    clearInterval(check);
    return close(client);
  });
  return {
    ended,
    async tell(pokes) {
      await client.query('select pg_notify($1, word) from unnest($2::text[]) as word', [channel, packPokes(pokes)]);
    },
    async readVersions() {
      const { rows } = await client.query<{ id: string; ver: number }>('select id, ver from space where ver > 0');
      return rows.map(({ id, ver }) => [id, ver]);
    },
    async close() {
      end(null);
      await close(client);
    },
  };
}

/** Whatever a line says at its end, it has ended. */
const close = (client: Client): Promise<void> => client.end().catch(() => undefined);
