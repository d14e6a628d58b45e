import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { v7 } from 'uuid';
import { figureOf, median, type Figure } from '../figure.ts';
import { benchTicket, GRID, openBenchOffice, type BenchMember, type BenchOffice } from './bench-office.ts';
import type { DeviceLoad, LoadResult } from './push-load.ts';
import { postOf, sendAll } from './send-pushes.ts';

const DEVICES = 20;
const EACH = 50;
const RUNS = 5;
/** A server runs for weeks, and its code has been compiled by then: until it is, a push takes half as long again. */
const WARM_UP = 10;
const COUNT = DEVICES * EACH;

interface Device {
  member: BenchMember;
  seq: number;
}

/** Twenty phones push one ticket after the other over HTTP, against the same rows written raw into the same file. */
export async function measurePushRate(): Promise<Figure[]> {
  const office = await openBenchOffice();
  try {
    const devices: Device[] = [];
    for (let n = 0; n < DEVICES; n++) {
      devices.push({ member: await office.addMember(`志愿者${n}`, { volunteer: [GRID] }), seq: 0 });
    }
    const raw = openRaw(office.file);
    for (let n = 0; n < WARM_UP; n++) {
      await pushAll(office, loadsOf(office, devices));
      raw.run(COUNT);
    }
    const runs = [];
    for (let n = 0; n < RUNS; n++) {
      const loads = loadsOf(office, devices);
      const before = process.threadCpuUsage();
      const pushed = await pushAll(office, loads);
      const cpu = process.threadCpuUsage(before);
      const limitMs = raw.run(COUNT);
      runs.push({ ms: pushed.ms, limitMs, latencies: pushed.latencies, cpu: (cpu.user + cpu.system) / 1000 });
    }
    raw.close();
    const latencies = runs.flatMap((run) => run.latencies).sort((a, b) => a - b);
    const at = (part: number): string => (latencies[Math.floor(part * latencies.length)] ?? 0).toFixed(1);
    const [ms, limitMs] = [median(runs.map((run) => run.ms)), median(runs.map((run) => run.limitMs))];
    const rates = `${Math.round((COUNT / ms) * 1000)} pushes and ${Math.round((COUNT / limitMs) * 1000)} raw transactions a second`;
    const cpu = (median(runs.map((run) => run.cpu)) / COUNT).toFixed(2);
    const note = `${rates}; ${cpu} ms of processor time each; an answer takes ${at(0.5)} ms (p50), ${at(0.99)} ms (p99)`;
    const pushRate = { name: 'pushRate', aim: 0.9, atLeast: true, note };
    return [figureOf(pushRate, runs, (run) => run.limitMs / run.ms)];
  } finally {
    await office.close();
  }
}

/** In the order in which they will go: ids that phones give to records rise with the time. */
function loadsOf(office: BenchOffice, devices: readonly Device[]): DeviceLoad[] {
  const loads = devices.map((): DeviceLoad => ({ requests: [] }));
  for (let i = 0; i < EACH; i++) {
    for (const [n, device] of devices.entries()) loads[n]?.requests.push(toPost(office, device));
  }
  return loads;
}

async function pushAll(office: BenchOffice, loads: DeviceLoad[]): Promise<LoadResult> {
  const result = await sendAll(office.port, loads);
  if (result.failures.length > 0)
    throw new Error(`${result.failures.length} pushes failed: ${result.failures[0]?.slice(0, 1000)}`);
  return result;
}

function toPost(office: BenchOffice, device: Device): Uint8Array {
  const sent = { seq: ++device.seq, mid: v7(), at: office.deps.now() };
  return postOf(device.member, benchTicket(device.seq, v7()), sent);
}

interface Raw {
  /** Milliseconds for so many transactions, one after the other. */
  run(count: number): number;
  close(): void;
}

/** The rows that a push leaves, written by prepared statements and nothing else: no schema, no policy, no reading. */
function openRaw(file: string): Raw {
  const db = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 10000');
  const [begin, commit] = [db.prepare('begin immediate'), db.prepare('commit')];
  const readLast = db.prepare(`select data from record where kind = 'ticket' limit 1`);
  const ticket = String(readLast.get()?.['data']);
  const space = db.prepare(
    'insert into space values (?, ?, 0, ?) on conflict (id) do update set ver = excluded.ver, digest = excluded.digest',
  );
  const record = db.prepare(
    'insert into record values (?, ?, ?, ?, 0, ?, ?) on conflict (space, kind, id) do update set data = excluded.data',
  );
  const receipt = db.prepare(`insert into receipt values (?, ?, ?, ?, 'applied', '', '{}', ?, ?)`);
  const lastSeq = db.prepare(
    'insert into client_space values (?, ?, ?) on conflict (client, space) do update set last_seq = excluded.last_seq',
  );
  let ver = 0;
  return {
    run(count) {
      const ids = Array.from({ length: count }, () => [v7(), v7()] as const);
      const start = performance.now();
      for (const [n, [id, mid]] of ids.entries()) {
        ver += 1;
        const client = `raw-client-${n % DEVICES}`;
        begin.run();
        space.run('grid:raw', ver, '0123456789abcdef');
        record.run('grid:raw', 'ticket', id, ver, ticket, start);
        receipt.run(client, 'grid:raw', ver, mid, ver, start);
        lastSeq.run(client, 'grid:raw', ver);
        commit.run();
      }
      return performance.now() - start;
    },
    close: () => db.close(),
  };
}
