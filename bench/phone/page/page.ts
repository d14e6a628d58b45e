import Dexie from 'dexie';
import { cacheName } from '../../../src/client/db/cache-database.ts';
import type { SyncRequest } from '../../../src/protocol/sync-messages.ts';
import type { SyncEngine } from '../../../src/sync/engine-api.ts';
import type { Pair } from '../../figure.ts';
import { paintHome } from './home.ts';
import { openPhone } from './open-phone.ts';
import { ask } from './questions.ts';
import type { Answers, Question } from './questions.ts';
import { rawAsk, rawPull } from './raw-limit.ts';
import { logDraft, timeSaves } from './save-at-door.ts';

const memberOf = (grid: string): string => `bench-${grid}`;
const phones = new Map<string, Promise<SyncEngine>>();

function phoneOf(grid: string): Promise<SyncEngine> {
  const phone = phones.get(grid) ?? openPhone(memberOf(grid));
  phones.set(grid, phone);
  return phone;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A pass gives up its lock after a minute; what is left of a pull then goes on in the next one. */
async function syncWhole(engine: SyncEngine): Promise<void> {
  for (;;) {
    await engine.syncNow();
    const { lastFault, phase } = engine.status();
    if (lastFault === 'deadline') continue;
    if (lastFault !== null || phase !== 'idle') throw new Error(`sync: ${phase} ${lastFault}`);
    return;
  }
}

/** Begun by the page itself: the bench's way to it would be a part of both sides, and hide how far they lie apart. */
const homeAsked = new URLSearchParams(location.hash.slice(1)).get('home');
const home =
  homeAsked === null ? undefined : phoneOf(homeAsked).then((engine) => paintHome(engine, `grid:${homeAsked}`));

/** What the measures ask of the page. */
const bench = {
  rawPull,
  rawAsk,
  /** As on a new device: nothing of this member is here. */
  async wipe(grid: string): Promise<void> {
    await Promise.all([cacheName(memberOf(grid)), `outbox-${memberOf(grid)}`].map((name) => Dexie.delete(name)));
  },
  pull: (grid: string): Promise<number> => timed(async () => syncWhole(await phoneOf(grid))),
  ask: async (grid: string, question: Question): Promise<Answers> => ask(await phoneOf(grid), `grid:${grid}`, question),
  /** Since the page began to load; undefined: nobody asked for it by the address. */
  home: (): Promise<number> | undefined => home,
  /** All is read, and so much longer somebody looks at it. */
  async stay(grid: string, ms: number): Promise<void> {
    await (await phoneOf(grid)).opened();
    await new Promise((resolve) => setTimeout(resolve, ms));
  },
  async sync(grid: string): Promise<number> {
    const engine = await phoneOf(grid);
    return timed(() => syncWhole(engine));
  },
  saves: async (grid: string, runs: number, batch: number): Promise<Pair[]> =>
    timeSaves(await phoneOf(grid), grid, runs, batch),
  async queue(grid: string, count: number): Promise<void> {
    const engine = await phoneOf(grid);
    await engine.save(Array.from({ length: count }, (_, n) => logDraft(n, grid)));
  },
  /** Sends what is queued until all of it is acknowledged. */
  async drain(grid: string): Promise<number> {
    const engine = await phoneOf(grid);
    const ms = await timed(() => syncWhole(engine));
    const { waiting, attention } = engine.status();
    if (waiting > 0 || attention > 0) throw new Error(`${waiting} wait, ${attention} were refused`);
    return ms;
  },
  /** The same mutations in one request to a server that only writes them down. */
  async rawDrain(grid: string): Promise<number> {
    const engine = await phoneOf(grid);
    const mutations = engine
      .waiting()
      .map(({ row: { seq, mid, name, v, args, at } }) => ({ seq, mid, name, v, args, at }));
    const push: SyncRequest['push'] = [{ space: `grid:${grid}`, mutations }];
    const body = JSON.stringify({ push });
    return timed(async () => {
      const headers = { 'content-type': 'application/json' };
      await (await fetch('/raw/drain', { method: 'POST', headers, body })).json();
    });
  },
};

export type Bench = typeof bench;

Object.assign(globalThis, { bench });
