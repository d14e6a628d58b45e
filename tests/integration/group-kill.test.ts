import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import type { PushedMutation } from '../../src/protocol/sync-messages.ts';
import { startSampleProcess, type SampleProcess } from '../support/sample-process.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces, type SampleMember } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies } from '../support/test-dependencies.ts';

const SPACE = 'grid:g1';
const PHONES = 12;
const LETTERS = 'bcdefghijk';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-group-kill-'));
const running = new Set<SampleProcess>();
afterAll(async () => {
  for (const server of running) await server.kill();
  await rm(folder, { recursive: true });
});

async function start(env: Record<string, string>): Promise<SampleProcess> {
  const server = await startSampleProcess(env);
  running.add(server);
  return server;
}

async function newOffice(name: string): Promise<{ dir: string; file: string; members: SampleMember[] }> {
  const dir = join(folder, name);
  await mkdir(dir);
  const file = join(dir, 'doorstep.sqlite');
  const deps = await createTestDependencies({ file, rules: sampleRules, now: () => Date.now() });
  await addPlaces(deps);
  const members: SampleMember[] = [];
  for (let n = 0; n < PHONES; n++) members.push(await addMember(deps, `m${n}`, { volunteer: ['g1'] }));
  await deps.close();
  return { dir, file, members };
}

/** A phone with words to add one after the other, each in a push of its own: run twice, or not at all, it shows. */
function writerOf(member: SampleMember, server: () => SampleProcess) {
  const id = member.session.memberId;
  const phone = new SyncPhone(id, (request) => server().send(member)(request), { clock: Date.now() });
  const queue: PushedMutation[] = [
    phone.mutation(SPACE, 'sample.create', { id, text: 'a' }),
    ...[...LETTERS].map((text) => phone.mutation(SPACE, 'sample.append', { id, text })),
  ];
  const sent = new Set<string>();
  const answered = new Set<string>();
  return {
    sent,
    answered,
    /** Sends what has not been answered; ends where a server does not answer. */
    async send(): Promise<void> {
      for (const mutation of queue.filter(({ mid }) => !answered.has(mid))) {
        sent.add(mutation.mid);
        const answer = await phone.push(SPACE, mutation);
        expect(answer.pushed[0]?.receipts).toMatchObject([{ mid: mutation.mid, status: 'applied' }]);
        answered.add(mutation.mid);
      }
    },
  };
}

/** What is in the file, whoever has died over it. */
function read(file: string): { mids: string[]; texts: Record<string, string> } {
  const db = new DatabaseSync(file);
  const mids = db
    .prepare('select mid from receipt')
    .all()
    .map((row) => String(row['mid']));
  const visits = db.prepare(`select id, data from record where kind = 'visit'`).all();
  db.close();
  const textOf = (data: unknown): string => (JSON.parse(String(data)) as { byName: string }).byName;
  return { mids, texts: Object.fromEntries(visits.map(({ id, data }) => [String(id), textOf(data)])) };
}

const union = (sets: readonly ReadonlySet<string>[]): Set<string> => new Set(sets.flatMap((one) => [...one]));

test.each(['inside', 'beforeCommit', 'afterCommit'])(
  'PS12, I1, I3: killed %s of a transaction that phones share, it has answered nothing that is not there, and all arrives once',
  async (point) => {
    const { dir, file, members } = await newOffice(point);
    let server = await start({ DATA_DIR: dir, HOLD_AT: point });
    const writers = members.map((member) => writerOf(member, () => server));
    const cut = Promise.allSettled(writers.map((writer) => writer.send()));
    await server.until(/holding/);
    await server.kill();
    expect((await cut).map(({ status }) => status)).toEqual(members.map(() => 'rejected'));

    const stored = new Set(read(file).mids);
    const answered = union(writers.map((writer) => writer.answered));
    const sent = union(writers.map((writer) => writer.sent));
    expect([...answered].filter((mid) => !stored.has(mid))).toEqual([]);
    // Else it did not die where it should.
    const between = point === 'afterCommit' ? stored.difference(answered) : sent.difference(stored);
    expect(between.size).toBeGreaterThanOrEqual(3);

    server = await start({ DATA_DIR: dir });
    await Promise.all(writers.map((writer) => writer.send()));
    await server.kill();
    const { mids, texts } = read(file);
    expect(texts).toEqual(Object.fromEntries(members.map(({ session }) => [session.memberId, `a${LETTERS}`])));
    expect(mids.sort()).toEqual([...union(writers.map((writer) => writer.answered))].sort());
  },
  60_000,
);
