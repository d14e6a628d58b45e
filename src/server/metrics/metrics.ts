import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Kysely } from 'kysely';
import { DAY_MS } from '../../domain/time/day-ms.ts';
import type { FaultKind } from '../db/database-fault.ts';
import type { Database } from '../db/schema.ts';

/**
 * What a process counts of its own work. Labels come from closed lists alone: nothing that a phone sends, and nothing
 * of a person, of a place or of a device becomes one.
 */
export interface Metrics {
  registry: Registry;
  /** Runs of mutations that were pushed; `result`: settled, retry, gap, fork. */
  pushes: Counter<'result'>;
  /** Spaces that were asked for; `result`: page, reset. */
  pulls: Counter<'result'>;
  rowsSent: Counter;
  /** New receipts; a mutation that comes again gets its old one and is not counted. */
  receipts: Counter<'status' | 'code'>;
  /** From being written down at the door to being settled here; of devices that once had nothing waiting. */
  lag: Histogram;
  /** From asking for a space's lock to having it, or to its timeout. */
  lockWait: Histogram;
  databaseFaults: Counter<'kind'>;
  photoBytes: Counter;
  pokeStreams: Gauge;
}

const SEEN_DAYS = 30;

/** Counters for one process. What stands in the database is read when somebody asks: it is the same in every process. */
export function createMetrics(db: Kysely<Database>, now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name: `doorstep_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `doorstep_${name}`, help, buckets, registers });
  const asked = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `doorstep_${name}`,
      help,
      registers,
      async collect() {
        // While the database is away it is not known; the process's own figures are wanted all the more.
        this.set(await read().catch(() => NaN));
      },
    });

  const waiting = (what: 'pending' | 'pending_media') => async (): Promise<number> => {
    const row = await db
      .selectFrom('client')
      .select(({ fn }) => fn.sum(what).as('n'))
      .where('last_seen_at', '>', now() - SEEN_DAYS * DAY_MS)
      .executeTakeFirst();
    return Number(row?.n ?? 0);
  };

  asked('clients_pending', 'Mutations that wait on devices seen within 30 days, as each last said', waiting('pending'));
  asked(
    'clients_pending_media',
    'Photos and voice notes that wait on devices seen within 30 days, as each last said',
    waiting('pending_media'),
  );
  asked('clients_seen_today', 'Devices that were in contact within 24 hours', async () => {
    const seen = db.selectFrom('client').where('last_seen_at', '>', now() - DAY_MS);
    const row = await seen.select(({ fn }) => fn.countAll().as('n')).executeTakeFirst();
    return Number(row?.n ?? 0);
  });
  asked('held_open', 'Records that wait for a coordinator to decide', async () => {
    const open = db.selectFrom('held').where('resolved_at', 'is', null);
    const row = await open.select(({ fn }) => fn.countAll().as('n')).executeTakeFirst();
    return Number(row?.n ?? 0);
  });
  asked('photos_stored_bytes', 'Bytes of the photos and voice notes in the store', async () => {
    const stored = db.selectFrom('photo').where('stored_at', 'is not', null);
    const row = await stored.select(({ fn }) => fn.sum('size').as('n')).executeTakeFirst();
    return Number(row?.n ?? 0);
  });
  return {
    registry,
    pushes: counter('pushes_total', 'Runs of mutations for one space, by what became of them', ['result']),
    pulls: counter('pulls_total', 'Spaces that were asked for, by how they were answered', ['result']),
    rowsSent: counter('rows_sent_total', 'Rows in the pages of pulls'),
    receipts: counter('receipts_total', 'New receipts by status, and by code where not applied', ['status', 'code']),
    lag: histogram('mutation_lag_seconds', 'From being written on the phone to being settled', LAG_BUCKETS),
    lockWait: histogram(
      'lock_wait_seconds',
      'From asking for the locks of spaces to having them, or to giving up',
      LOCK_BUCKETS,
    ),
    databaseFaults: counter('database_faults_total', 'Faults of the database that a push met', ['kind']),
    photoBytes: counter('photo_received_bytes_total', 'Bytes of photos and voice notes that came'),
    pokeStreams: new Gauge({ name: 'doorstep_poke_streams', help: 'Open streams of pokes', registers }),
  };
}

/** Seconds; a basement without signal is a matter of hours, a lost phone that comes back one of weeks. */
const LAG_BUCKETS = [1, 10, 60, 600, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600, 30 * 24 * 3600];
const LOCK_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 1, 2, 5];

export const countFault = ({ databaseFaults }: Metrics, kind: FaultKind | null): void => {
  databaseFaults.inc({ kind: kind ?? 'program' });
};
