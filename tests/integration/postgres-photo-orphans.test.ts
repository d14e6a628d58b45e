import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectOrphans, UNFINISHED_DAYS } from '../../src/server/photos/collect-orphans.ts';
import { openPhotos } from '../../src/server/photos/open-photos.ts';
import { OffsetMismatch, receivePhoto } from '../../src/server/photos/receive-photo.ts';
import type { Dependencies } from '../../src/server/dependencies.ts';
import { EAST, officeWorld, type AccountWorld } from '../support/account-world.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
let world: AccountWorld;
let memberId: string;
/** Another process over the same database and store: uploads under way, and who has whose turn, are its own. */
let other: Dependencies;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-two-'));
  world = await officeWorld({ photoFolder: folder });
  memberId = await world.member('范晓', { volunteer: [EAST.grid] });
  const { partials, inTurn } = openPhotos({ dataDir: join(folder, 'other'), photoStore: null });
  other = { ...world.deps, photos: { store: world.deps.photos.store, partials, inTurn } };
}, 60_000);
afterAll(async () => {
  await world.deps.close();
  await rm(folder, { recursive: true });
});

async function* whole({ bytes }: Bytes): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
const bring = (photo: Bytes) => {
  const said = { sha: photo.sha, type: photo.type, length: photo.bytes.length };
  return receivePhoto(other, memberId, said, 0, whole(photo));
};

test.each(['before the bytes go', 'while they go'])(
  'PH5: bytes that another process takes in %s are never called here and gone',
  async (when) => {
    const photo = bytesOf(when, 3000);
    const row = { sha: photo.sha, type: photo.type, size: photo.bytes.length };
    const touched_at = world.deps.now();
    await world.deps.db
      .insertInto('photo')
      .values({ ...row, touched_at, stored_at: null })
      .execute();
    await world.deps.db
      .insertInto('photo_bringer')
      .values({ ...row, member_id: memberId, brought_at: null })
      .execute();
    world.deps.advance((UNFINISHED_DAYS + 1) * 24 * 3600 * 1000);
    const { store, partials } = world.deps.photos;
    let upload: Promise<unknown> = Promise.resolve();
    const interleave = async () => {
      upload = bring(photo).catch((error: unknown) => error);
      // It goes as far as it can: to its end, or to where it waits for us.
      await Promise.race([upload, new Promise((resolve) => setTimeout(resolve, 300))]);
    };
    world.deps.photos.store = {
      ...store,
      remove: async (sha) => {
        if (when === 'while they go') await interleave();
        await store.remove(sha);
      },
    };
    world.deps.photos.partials = {
      ...partials,
      discard: async (sha) => {
        if (when === 'before the bytes go') await interleave();
        await partials.discard(sha);
      },
    };
    await collectOrphans(world.deps);
    const told = await upload;
    Object.assign(world.deps.photos, { store, partials });

    const stored = await world.deps.db.selectFrom('photo').selectAll().where('sha', '=', photo.sha).executeTakeFirst();
    const isThere = (await store.get(photo.sha)) !== null;
    expect([(stored?.stored_at ?? null) !== null, told instanceof OffsetMismatch]).toEqual([isThere, !isThere]);
    expect(await bring(photo)).toMatchObject({ complete: true });
    expect(await store.get(photo.sha)).not.toBeNull();
  },
);
