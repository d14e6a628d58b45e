import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collectOrphans, ORPHAN_DAYS, UNFINISHED_DAYS } from '../../src/server/photos/collect-orphans.ts';
import { createTestDependencies } from '../support/test-dependencies.ts';
import { noteStrays } from '../../src/server/photos/note-strays.ts';
import { uploadName } from '../../src/server/photos/partial-files.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft, ticketStep } from '../support/factories.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';

const DAY_MS = 24 * 3600 * 1000;
const TICKET = idOf('orphans', 'ticket');
const [needed, lonely, small, held, half] = ['needed', 'lonely', 'small', 'held', 'half'].map((name) =>
  bytesOf(name),
) as [Bytes, Bytes, Bytes, Bytes, Bytes];

let folder: string;
let world: AccountWorld;
let volunteer: Browser;
let volunteerId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-orphans-'));
  world = await officeWorld({ photoFolder: folder });
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  volunteerId = await volunteer.memberId();
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
});
afterEach(async () => {
  await world.deps.close();
  await rm(folder, { recursive: true });
});

const phone = () => photoPhone((path, init) => world.app.request(path, init), volunteer.cookie);
const isKept = ({ sha }: Bytes) => existsSync(join(folder, 'photos', sha.slice(0, 2), sha.slice(2, 4), sha));
const later = (days: number) => {
  world.deps.advance(days * DAY_MS);
  return collectOrphans(world.deps);
};

async function hold(photo: Bytes, thumb?: Bytes, reason = 'noAccess'): Promise<void> {
  const draft = addMediaDraft(EAST.grid, TICKET, mediaOfBytes(photo, 'logged', thumb));
  const times = { at: 0, device_at: 0, received_at: 0, resolved_at: null, resolved_by: null, resolution: null };
  const what = { mutation: draft.name, version: 1, args: JSON.stringify(draft.args), reason };
  const by = { client: 'c', member_id: volunteerId, member_name: '范晓', space: draft.space, mid: 'm' };
  await world.deps.db
    .insertInto('held')
    .values({ id: idOf('held'), ...by, ...what, ...times })
    .execute();
}

test('PH5: what no record needs goes after its days, bytes and row; what one needs stays for ever', async () => {
  for (const one of [needed, lonely, small]) await phone().patch(one);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, mediaOfBytes(needed, 'logged', small)));
  expect(await later(ORPHAN_DAYS - 1)).toBe(0);
  expect(isKept(lonely)).toBe(true);
  expect(await later(2)).toBe(1);
  expect([isKept(lonely), isKept(needed), isKept(small)]).toEqual([false, true, true]);
  expect(await phone().head(lonely)).toMatchObject({ status: 404 });
  expect(await later(300)).toBe(0);
  expect((await phone().get(needed.sha)).status).toBe(200);
  expect(await phone().patch(lonely)).toMatchObject({ status: 204, complete: true });
});

test('a photo that was taken off its ticket goes too', async () => {
  await phone().patch(needed);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, mediaOfBytes(needed)));
  await later(ORPHAN_DAYS + 1);
  const step = ticketStep(EAST.grid, 'resume', { id: TICKET });
  await world.apply(volunteerId, { ...step, name: 'ticket.removeMedia', args: { id: TICKET, sha: needed.sha } });
  expect(await later(0)).toBe(1);
  expect(isKept(needed)).toBe(false);
});

test('PH5: what something held names stays until that is decided', async () => {
  await phone().patch(held);
  await hold(held);
  expect(await later(ORPHAN_DAYS * 3)).toBe(0);
  expect(isKept(held)).toBe(true);
  await world.deps.db.updateTable('held').set({ resolved_at: 1, resolution: 'returned' }).execute();
  expect(await later(0)).toBe(1);
});

test('PH5: what was held for long and is sent back has its days before it: its author may send it again', async () => {
  await phone().patch(held);
  await phone().patch(small);
  await phone().patch(lonely);
  await hold(held, small);
  expect(await later(ORPHAN_DAYS * 3)).toBe(1);
  const desk = await world.signedIn('east-desk', { coordinator: [EAST.id] });
  const answer = await desk.ask('POST', `/api/held/${idOf('held')}/return`, { reason: '请重新填写' });
  expect(answer.status).toBe(204);

  expect(await later(ORPHAN_DAYS - 1)).toBe(0);
  expect([isKept(held), isKept(small), isKept(lonely)]).toEqual([true, true, false]);
  expect(await later(2)).toBe(2);
});

test('PH5: what was sent back to an ended phone stays: that has let go of it, and it can be taken up again', async () => {
  await phone().patch(held);
  await phone().patch(small);
  await hold(held, small, 'revoked');
  const desk = await world.signedIn('east-desk', { coordinator: [EAST.id] });
  await desk.ask('POST', `/api/held/${idOf('held')}/return`, { reason: '请重新填写' });
  expect(await later(ORPHAN_DAYS * 3)).toBe(0);
  expect([isKept(held), isKept(small)]).toEqual([true, true]);

  expect((await desk.ask('POST', `/api/held/${idOf('held')}/reopen`)).status).toBe(204);
  expect((await desk.ask('POST', `/api/held/${idOf('held')}/accept`)).status).toBe(200);
  expect((await phone().get(held.sha)).status).toBe(200);
});

test('PH5: an upload that somebody goes on with stays, and one that nobody does is begun anew', async () => {
  const part = join(folder, 'uploads', uploadName(half.sha, volunteerId));
  await phone().patch(half, 0, 1000);
  expect(await later(UNFINISHED_DAYS - 1)).toBe(0);
  const now = world.deps.now() / 1000;
  await utimes(part, now, now);
  await phone().patch(half, 1000, 2000);
  await utimes(part, now, now);
  expect(await later(UNFINISHED_DAYS - 1)).toBe(0);
  expect(await phone().head(half)).toMatchObject({ offset: 2000 });
  expect(await later(2)).toBe(1);
  expect(existsSync(part)).toBe(false);
  expect(await phone().head(half)).toMatchObject({ status: 404 });
  expect(await phone().patch(half)).toMatchObject({ complete: true });
});

test('a round that was killed half way leaves the rest to the next', async () => {
  await phone().patch(lonely);
  const { store } = world.deps.photos;
  world.deps.photos.store = {
    ...store,
    remove: () => Promise.reject(new Error('killed')),
  };
  expect(await later(ORPHAN_DAYS + 1)).toBe(0);
  expect(await phone().head(lonely)).toMatchObject({ offset: 0, complete: false });
  world.deps.photos.store = store;
  expect(await later(0)).toBe(1);
  expect(isKept(lonely)).toBe(false);
});

test('a server that stops throws nothing more away', async () => {
  await phone().patch(lonely);
  world.deps.endStreams();
  expect(await later(ORPHAN_DAYS + 1)).toBe(0);
  expect(isKept(lonely)).toBe(true);
});

test('what a put that was killed has left goes by itself', async () => {
  await phone().patch(needed);
  const left = join(folder, 'photos', 'new', `${needed.sha}.left`);
  await writeFile(left, needed.bytes.subarray(9));
  const now = world.deps.now() / 1000;
  await utimes(left, now, now);
  await later(0.5);
  expect(existsSync(left)).toBe(true);
  await later(1);
  expect(existsSync(left)).toBe(false);
});

/** All parts of the store are looked through. */
async function noteAll(): Promise<number> {
  let noted = 0;
  let next = 0;
  do {
    const round = await noteStrays(world.deps, next);
    noted += round.noted;
    next = round.next;
  } while (next !== 0);
  return noted;
}
const stray = async (photo: Bytes, days: number) => {
  await world.deps.photos.store.put(photo.sha, photo.bytes, photo.type);
  const then = world.deps.now() / 1000 - days * 24 * 3600;
  await utimes(join(folder, 'photos', photo.sha.slice(0, 2), photo.sha.slice(2, 4), photo.sha), then, then);
};

test('PH5: what lies in the store and no row knows goes after its days, and never what is needed', async () => {
  await stray(lonely, ORPHAN_DAYS + 1);
  await stray(needed, ORPHAN_DAYS + 1);
  await stray(held, ORPHAN_DAYS + 1);
  await stray(small, ORPHAN_DAYS - 1);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, mediaOfBytes(needed)));
  await hold(held);
  expect(await noteAll()).toBe(3);
  expect(await noteAll()).toBe(0);
  expect(await later(UNFINISHED_DAYS - 1)).toBe(0);
  expect(await later(2)).toBe(1);
  expect([isKept(lonely), isKept(needed), isKept(held), isKept(small)]).toEqual([false, true, true, true]);
  expect((await phone().get(needed.sha)).status).toBe(200);
});

test('PH5: what is wanted again before its days are over stays', async () => {
  await stray(lonely, ORPHAN_DAYS + 1);
  expect(await noteAll()).toBe(1);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, mediaOfBytes(lonely)));
  expect(await later(UNFINISHED_DAYS * 9)).toBe(0);
  expect((await phone().get(lonely.sha)).status).toBe(200);
});

test('two offices that share a store by mistake throw nothing of each other away, whichever began it', async () => {
  const other = await createTestDependencies({ photoFolder: folder });
  try {
    await stray(lonely, ORPHAN_DAYS + 1);
    // The round in which its part would be looked through.
    const round = parseInt(lonely.sha.slice(0, 1), 16) * 16;
    expect(await noteStrays(other, (round + 16) % 256)).toEqual({ noted: 0, next: (round + 32) % 256 });
    for (const deps of [world.deps, other]) expect(await noteStrays(deps, round)).toEqual({ noted: 0, next: round });
    expect((await other.db.selectFrom('server').select('office').execute())[0]?.office).not.toBe('');
  } finally {
    await other.close();
  }
});
