import { sha256 } from '../../src/server/photos/sha256.ts';
import type { ServerWorld } from './server-world.ts';
import type { SimDevice } from './sim-device.ts';

/** The server has the bytes, whole and of this hash. */
async function isWhole({ deps }: ServerWorld, sha: string): Promise<boolean> {
  const row = await deps.db.selectFrom('photo').select('stored_at').where('sha', '=', sha).executeTakeFirst();
  if (typeof row?.stored_at !== 'number') return false;
  const bytes = await deps.photos.store.get(sha);
  return bytes !== null && sha256(bytes) === sha;
}

/**
 * I20: a phone counts bytes as brought, and lets go of them, only when they are whole on the server, and what names them
 * is settled there. What was brought before a restore that it has not heard of yet may go for a full disk [OB8], and the
 * answer may have been on its way when that came, to a phone that still knows of no other epoch: at the end it is there all
 * the same [PH13], but of who let go at once.
 */
export async function checkForgotten(
  server: ServerWorld,
  device: SimDevice,
  { sha, mids }: { sha: string; mids: readonly string[] },
): Promise<string[]> {
  const wasBrought = (device.outbox.media.get(sha)?.broughtAt ?? null) !== null;
  if (server.restored && wasBrought && device.full) return [];
  const told = device.toldWhole.get(sha);
  if (told !== undefined && told.at <= server.restoredAt && told.epoch === device.cache.state.epoch) return [];
  const found = (await isWhole(server, sha)) ? [] : [`I20 ${device.name} let go of ${sha}, which is not whole`];
  // A backup may bring back a time in which it was not settled yet.
  if (server.restored) return found;
  const settled = await server.deps.db.selectFrom('receipt').select('mid').where('mid', 'in', mids).execute();
  return settled.length > 0
    ? found
    : [...found, `I20 ${device.name} let go of ${sha} before what names it was settled`];
}

/**
 * I20, L5: at the end every photo is whole on the server, but those that stay with what was refused. What a phone let go
 * of by a word that a restore took back, and that was refused when it came again, is whole on the server too.
 */
export async function checkPhotos(
  server: ServerWorld,
  devices: readonly SimDevice[],
  receipts: ReadonlyMap<string, { status: string }>,
): Promise<string[]> {
  const found: string[] = [];
  for (const device of devices) {
    const { name, photos, outbox, letGo } = device;
    for (const { sha, mid, space } of photos) {
      // Its bytes went with the outbox: either nobody knows of it, or it stands in 需处理 as lost [OB10].
      if (device.isLost(mid, server.restored) || device.hasLostBytes(sha, server.restored)) continue;
      const isRefused = receipts.get(`${space} ${mid}`)?.status === 'rejected';
      const bytes = outbox.media.get(sha);
      const isHere = bytes !== undefined;
      if (!isRefused && isHere && bytes.broughtAt === null)
        found.push(`L5 ${name} still has the bytes of ${sha} to bring`);
      // A full disk and a revoked session let go of them before the week is over.
      const mayBeLost = server.restored && letGo.has(sha);
      if (!isRefused && !mayBeLost && !(await isWhole(server, sha)))
        found.push(`I20 ${sha} of ${name} is not whole on the server`);
      const tookBack = mayBeLost || (server.restored && (await isWhole(server, sha)));
      if (isRefused && !isHere && !tookBack) {
        found.push(`I20 ${name} let go of ${sha}, though what names it was refused`);
      }
    }
  }
  return found;
}

/** PH13: a month later a phone has bytes of what was refused or is held, for its author may send it again, and of nothing else. */
export function checkLetGo(
  { restored }: Pick<ServerWorld, 'restored'>,
  devices: readonly SimDevice[],
  receipts: ReadonlyMap<string, { status: string }>,
): string[] {
  return devices.flatMap((device) =>
    device.photos.flatMap(({ sha, mid, space }) => {
      const { name, outbox, letGo } = device;
      const status = receipts.get(`${space} ${mid}`)?.status;
      const isHere = (outbox.media.get(sha)?.bytes ?? null) !== null;
      if (isHere && status !== 'rejected' && status !== 'quarantined')
        return [`PH13 ${name} still has the bytes of ${sha}`];
      // What went with an emptied outbox after it was brought lies on the server for as long as its words are held.
      const mayBeGone = (restored && letGo.has(sha)) || device.hasLostBytes(sha, true);
      const isHeld = status === 'quarantined' && outbox.rows.some((row) => row.mid === mid);
      return isHeld && !isHere && !mayBeGone ? [`PH13 ${name} let go of ${sha}, which its author may send again`] : [];
    }),
  );
}
