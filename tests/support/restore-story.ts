import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { expect } from 'vitest';
import { derivedId } from '../../src/domain/place/place.ts';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { gridSpace } from '../../src/domain/space/space.ts';
import { openDatabase } from '../../src/server/db/open-database.ts';
import type { Database } from '../../src/server/db/schema.ts';
import type { SyncEngine } from '../../src/sync/engine-api.ts';
import { EAST, type AccountWorld } from './account-world.ts';
import { placeInGrid, ticketDraft, ticketStep } from './factories.ts';
import { bytesOf } from './photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from './photo-phone.ts';
import { runProgram, startServerProgram, type Program } from './program.ts';
import { openRealPhone } from './real-phone.ts';

const PHONES = 4;
/** Saves of each phone after the backup is done; before, as many as they can. */
const AFTER = 20;

/** A mutation that was saved: what it is about, and whether it makes it or changes it. */
interface Written {
  mid: string;
  ticketId: string;
  name: string;
}

export interface Accounts {
  written: number;
  inBackup: number;
  broughtBack: number;
  total: number;
  lost: number;
  doubled: number;
}

export interface RestoreStory {
  /** The world as it was made, before any server ran on it. */
  world: AccountWorld;
  /** The settings of the first server. */
  before: Readonly<Record<string, string>>;
  /** Of an empty place to restore into. */
  after: Readonly<Record<string, string>>;
  /** Everything of the first place is gone. */
  destroy(): Promise<void>;
  /** Where backups go. */
  backups: string;
  /** Asks the database of the restored place. */
  readAfter(): Promise<StoryEnd>;
}

export interface StoryEnd {
  epoch: string;
  receipts: { mid: string; status: string }[];
  timelines: Timelines;
}

/** How often each entry stands in the timeline of a ticket. */
export type Timelines = ReadonlyMap<string, readonly string[]>;

/** What a database says in the end; closes it. */
export async function readStory(db: Kysely<Database>): Promise<StoryEnd> {
  const { epoch } = await db.selectFrom('server').select('epoch').executeTakeFirstOrThrow();
  const receipts = await db.selectFrom('receipt').select(['mid', 'status']).execute();
  const tickets = await db.selectFrom('record').select(['id', 'data']).where('kind', '=', 'ticket').execute();
  await db.destroy();
  const timelines = tickets.map(({ id, data }): [string, string[]] => [
    id,
    (JSON.parse(data) as Ticket).timeline.map((entry) => entry.id),
  ]);
  return { epoch, receipts, timelines: new Map(timelines) };
}

/** Phones write, a backup is taken meanwhile, more is written, all is destroyed and restored, the phones come back. */
export async function tellRestoreStory(story: RestoreStory): Promise<{ accounts: Accounts; epochs: [string, string] }> {
  const { world, backups } = story;
  const file = join(backups, 'night.sqlite');
  let server: (Program & { url: string }) | null = null;
  const programs: Program[] = [];
  const phones: SyncEngine[] = [];
  const written: Written[] = [];
  try {
    const people = await Promise.all(
      Array.from({ length: PHONES }, async (_, n) => {
        const browser = await world.signedIn(`志愿者${n}`, { volunteer: [EAST.grid] });
        const row = await world.deps.db
          .selectFrom('member')
          .select('id')
          .where('sign_in_name', '=', `志愿者${n}`)
          .executeTakeFirstOrThrow();
        return { memberId: row.id, cookie: browser.cookie };
      }),
    );
    const { epoch: first } = await world.deps.db.selectFrom('server').select('epoch').executeTakeFirstOrThrow();
    await world.deps.db.destroy();
    server = await startServerProgram(story.before);
    programs.push(server);
    for (const person of people) phones.push(await openRealPhone({ ...person, url: () => server?.url ?? null }));
    await until(() => phones.every((phone) => phone.allowed().includes(gridSpace(EAST.grid))), 'phones are let in');

    const photo = await bringPhoto(server.url, people[0]?.cookie ?? '', phones[0], written);
    let isTaken = false;
    const writing = phones.map((phone, n) => write(phone, n, () => !isTaken, written));
    await until(() => written.length > 8 * PHONES, 'some is written');
    const taken = await runProgram('scripts/backup.ts', [file], story.before);
    isTaken = true;
    expect(taken).toMatchObject({ code: 0 });
    expect(taken.output).toContain('1 copied (3000 bytes), 0 were there.');
    await Promise.all(writing);
    const inBackup = await midsOf(file);

    await Promise.all(phones.map((phone, n) => write(phone, n, (count) => count < AFTER, written)));
    await until(() => phones.every((phone) => phone.status().waiting === 0), 'all is acknowledged');
    await server.kill();
    server = null;
    await story.destroy();
    // What is written while there is no server counts as well.
    await Promise.all(phones.map((phone, n) => write(phone, n, (count) => count < 2, written)));

    const restored = await runProgram('scripts/restore.ts', [file], story.after);
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.output).toContain('under the new epoch');
    server = await startServerProgram(story.after);
    programs.push(server);
    await Promise.all(phones.map((phone) => phone.syncNow()));
    await until(() => phones.every((phone) => phone.status().waiting === 0), 'all is brought back');
    const served = await fetch(`${server.url}/api/photos/${photo}`, { headers: { cookie: people[0]?.cookie ?? '' } });
    expect(served.status).toBe(200);
    const verified = await runProgram('scripts/verify.ts', [], story.after);
    expect(verified).toMatchObject({ code: 0 });

    const { epoch, receipts, timelines } = await story.readAfter();
    expect(receipts.filter(({ status }) => status !== 'applied')).toEqual([]);
    return { accounts: balance(written, inBackup, receipts, timelines), epochs: [first, epoch] };
  } finally {
    for (const phone of phones) await phone.stop();
    for (const program of programs) await program.kill();
  }
}

/** Each phone logs a matter and amends it, and so on: what makes is refused if it ran twice, what amends adds twice. */
async function write(
  phone: SyncEngine,
  n: number,
  goesOn: (count: number) => boolean,
  written: Written[],
): Promise<void> {
  const place = placeInGrid(EAST.id, EAST.grid);
  let ticketId = '';
  for (let count = 0; goesOn(count); count++) {
    const text = `楼道灯不亮 ${n} ${written.length}`;
    if (count % 2 === 0) ticketId = derivedId('restore', text);
    const draft =
      count % 2 === 0
        ? ticketDraft(place, { id: ticketId, kind: 'issue', item: 'CQ01', text })
        : ticketStep(EAST.grid, 'amend', { id: ticketId, text: { from: textOf(phone, ticketId), to: text } });
    const rows = await phone.save([draft]);
    for (const { mid, name } of rows) written.push({ mid, name, ticketId });
    // Slower than a phone waits for more before it sends.
    await sleep(100);
  }
}

const textOf = (phone: SyncEngine, id: string): string =>
  phone.view.get(gridSpace(EAST.grid), 'ticket', id)?.data.text ?? '';

async function bringPhoto(
  url: string,
  cookie: string,
  phone: SyncEngine | undefined,
  written: Written[],
): Promise<string> {
  const photo = bytesOf('in the backup', 3000);
  const ticketId = derivedId('restore', 'with a photo');
  const place = placeInGrid(EAST.id, EAST.grid);
  const rows = await phone?.save([
    ticketDraft(place, { id: ticketId, kind: 'issue', item: 'CQ01', text: '井盖坏了' }),
    addMediaDraft(EAST.grid, ticketId, mediaOfBytes(photo)),
  ]);
  for (const { mid, name } of rows ?? []) written.push({ mid, name, ticketId });
  await until(() => phone?.status().waiting === 0, 'the matter with its photo is there');
  const told = await photoPhone((path, init) => fetch(`${url}${path}`, init), cookie).patch(photo);
  expect(told).toMatchObject({ status: 204, complete: true });
  return photo.sha;
}

function balance(
  written: readonly Written[],
  backup: ReadonlySet<string>,
  receipts: readonly { mid: string }[],
  timelines: Timelines,
): Accounts {
  const answered = new Map<string, number>();
  for (const { mid } of receipts) answered.set(mid, (answered.get(mid) ?? 0) + 1);
  const there = written.filter(({ mid, ticketId }) => answered.has(mid) && timelines.has(ticketId));
  const effects = (one: Written) =>
    one.name === 'ticket.amend'
      ? (timelines.get(one.ticketId) ?? []).filter((id) => id === derivedId('entry', one.mid, 'amended')).length
      : 1;
  return {
    written: written.length,
    inBackup: written.filter(({ mid }) => backup.has(mid)).length,
    broughtBack: there.filter(({ mid }) => !backup.has(mid)).length,
    total: there.length,
    lost: written.length - there.filter((one) => effects(one) > 0).length,
    doubled: there.filter((one) => effects(one) > 1 || (answered.get(one.mid) ?? 0) > 1).length,
  };
}

async function midsOf(file: string): Promise<ReadonlySet<string>> {
  const db = openDatabase(file, { readOnly: true });
  try {
    const rows = await db.selectFrom('receipt').select('mid').execute();
    return new Set(rows.map(({ mid }) => mid));
  } finally {
    await db.destroy();
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  await expect.poll(condition, { timeout: 40_000, interval: 50, message: what }).toBe(true);
}

export const accountsLine = ({ written, inBackup, broughtBack, total, lost, doubled }: Accounts): string =>
  `written ${written} = in the backup ${inBackup} + brought back ${broughtBack}; total ${total}, lost ${lost}, doubled ${doubled}`;
