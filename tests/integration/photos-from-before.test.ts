import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import { photoBringers } from '../../src/server/migrations/0012-photo-bringers.ts';
import { EAST, officeWorld, WEST, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';

const TICKET = idOf('from before', 'ticket');
const [mine, small, others, found, held, half] = ['mine', 'small', 'others', 'found', 'held', 'half'].map((name) =>
  bytesOf(name),
) as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];

let world: AccountWorld;
let author: Browser;
let authorId: string;
let desk: Browser;

beforeEach(async () => {
  world = await officeWorld();
  author = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  authorId = await author.memberId();
  desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(authorId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
}, 60_000);
afterEach(() => world.deps.close());

const phoneOf = (browser: Browser) => photoPhone((path, init) => world.app.request(path, init), browser.cookie);

/** The tables as they were: whoever announced a photo first stood beside it, and nobody else. */
async function asBefore(first: ReadonlyMap<Bytes, string>): Promise<void> {
  const { db } = world.deps;
  await db.schema.dropTable('photo_bringer').execute();
  await db.schema
    .alterTable('photo')
    .addColumn('member_id', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema.createIndex('photo_member').on('photo').column('member_id').execute();
  for (const [{ sha }, memberId] of first) {
    await db
      .updateTable('photo')
      .set({ member_id: memberId } as object)
      .where('sha', '=', sha)
      .execute();
  }
}

test('PH4: what records and held words show when the tables change goes on being served, and nothing more', async () => {
  const other = await world.signedIn('程远', { volunteer: [WEST.grid] });
  const otherId = await other.memberId();
  for (const photo of [mine, small, others, found, held]) await phoneOf(author).patch(photo);
  await phoneOf(author).patch(half, 0, 1000);
  const media = [mediaOfBytes(mine, 'logged', small), mediaOfBytes(others), mediaOfBytes(found), mediaOfBytes(half)];
  await world.apply(authorId, addMediaDraft(EAST.grid, TICKET, ...media));
  const { name, args, space } = addMediaDraft(EAST.grid, TICKET, mediaOfBytes(held));
  const by = { client: 'c', member_id: authorId, member_name: '范晓', mid: 'm', reason: 'noAccess' };
  const times = { at: 0, device_at: 0, received_at: 0, resolved_at: null, resolved_by: null, resolution: null };
  await world.deps.db
    .insertInto('held')
    .values({ id: idOf('held'), ...by, space, mutation: name, version: 1, args: JSON.stringify(args), ...times })
    .execute();

  // One was brought by somebody else first; one was found in the store, one is named by what is held alone.
  await asBefore(new Map([mine, small, half].map((one) => [one, authorId] as const)).set(others, otherId));
  await photoBringers.up(world.deps.db);

  for (const photo of [mine, small, others, found, held]) {
    expect((await phoneOf(desk).get(photo.sha)).status).toBe(200);
    expect(await phoneOf(author).head(photo)).toMatchObject({ complete: true });
  }
  for (const photo of [mine, small, found, held]) {
    expect(await phoneOf(other).head(photo)).toMatchObject({ status: 404 });
  }
  expect(await phoneOf(other).head(others)).toMatchObject({ complete: true });
  const ticket = idOf('from before', 'west');
  const words = { id: ticket, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(otherId, ticketDraft(placeInGrid(WEST.id, WEST.grid), words));
  await world.apply(otherId, { ...addMediaDraft(WEST.grid, ticket, mediaOfBytes(mine)), space: gridSpace(WEST.grid) });
  expect((await phoneOf(other).get(mine.sha)).status).toBe(404);
});

test('an upload that was under way when the tables changed goes on, at worst from its beginning', async () => {
  await phoneOf(author).patch(half, 0, 1000);
  await asBefore(new Map([[half, authorId]]));
  await photoBringers.up(world.deps.db);
  const { offset } = await phoneOf(author).head(half);
  expect(await phoneOf(author).patch(half, offset)).toMatchObject({ status: 204, complete: true });
});
