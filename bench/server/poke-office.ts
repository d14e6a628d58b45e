import { fork, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { hashToken } from '../../src/server/auth/token-hash.ts';
import { idOf } from '../../tests/support/factories.ts';
import { median } from '../figure.ts';
import { GRID, openBenchOffice, SPACE, type BenchMember, type BenchOffice } from './bench-office.ts';
import type { FromListeners, ToListeners } from './poke-listeners.ts';

const STREAMS = 5000;
const PER_SESSION = 4;
const POKES = 20;

/** What one office came to; bytes of its process. */
export interface StreamMemory {
  before: number;
  after: number;
  each: number;
  /** Processor time of a poke to all, in milliseconds. */
  pokeMs: number;
}

/** What the server keeps for each of 5,000 streams once all of them have been told of something. */
async function measure(): Promise<StreamMemory> {
  const office = await openBenchOffice();
  const listeners = fork(new URL('./poke-listeners.ts', import.meta.url), { execArgv: [] });
  try {
    const member = await office.addMember('志愿者', { volunteer: [GRID] });
    const cookies = await addSessions(office, member, STREAMS / PER_SESSION + 1);
    // What is loaded and grows once only is not of a stream.
    await open(listeners, office.port, cookies.slice(0, 1), PER_SESSION);
    await poke(office, listeners, PER_SESSION, 1);
    const before = resident();
    await open(listeners, office.port, cookies.slice(1), PER_SESSION);
    const times: number[] = [];
    for (let n = 0; n < POKES; n++) times.push(await poke(office, listeners, STREAMS + PER_SESSION, 2 + n));
    const after = resident();
    return { before, after, each: (after - before) / STREAMS, pokeMs: median(times) };
  } finally {
    listeners.kill();
    await office.close();
  }
}

async function addSessions({ deps }: BenchOffice, member: BenchMember, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, (_, n) => `stream-${n}`);
  for (const token of tokens) {
    const moment = { created_at: deps.now(), last_seen_at: deps.now(), revoked_at: null };
    const session = { id: idOf('bench', token), token_hash: hashToken(token), member_id: member.id, device: 'bench' };
    await deps.db
      .insertInto('session')
      .values({ ...session, ...moment })
      .execute();
  }
  return tokens.map((token) => `doorstep_session=${token}`);
}

const heard = (listeners: ChildProcess, count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    listeners.on('message', function look(message) {
      const { frames, failure } = message as FromListeners;
      if (failure) reject(new Error(failure));
      if (frames < count) return;
      listeners.off('message', look);
      resolve();
    });
  });

async function open(listeners: ChildProcess, port: number, cookies: string[], each: number): Promise<void> {
  const all = heard(listeners, cookies.length * each);
  listeners.send({ port, cookies, each } satisfies ToListeners);
  await all;
}

/** Until all have it; the processor's milliseconds here. */
async function poke({ deps }: BenchOffice, listeners: ChildProcess, streams: number, ver: number): Promise<number> {
  const all = heard(listeners, streams);
  listeners.send({ count: true });
  const start = process.cpuUsage();
  deps.pokes.publish(SPACE, ver);
  await all;
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The memory of the process, with nothing in it that is only waiting to be collected. */
function resident(): number {
  globalThis.gc!();
  globalThis.gc!();
  return process.memoryUsage.rss();
}

process.send?.(await measure());
process.disconnect?.();
