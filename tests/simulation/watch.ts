import { memberSpace } from '../../src/domain/space/space.ts';
import { allowedSpaces } from '../../src/domain/space/space-access.ts';
import type { Receipt, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { runOf } from '../../src/server/sync/pull-cursor.ts';
import type { SyncStatus } from '../../src/sync/engine-api.ts';
import type { ServerWorld } from './server-world.ts';
import { firstScreenRows } from './shown-rows.ts';
import type { Counted } from './sim-mutators.ts';
import type { SimDevice } from './sim-device.ts';
import { COMMUNITY, GRIDS } from './sim-town.ts';
import { CONTACT_PHONE } from './workload.ts';

const gridCommunity = Object.fromEntries(GRIDS.map((grid) => [grid, COMMUNITY]));

/** I9: no row leaves the server that its reader may not hold at this moment, whatever the answer itself says. */
export function checkAnswer(server: ServerWorld, device: SimDevice, response: SyncResponse): string[] {
  const { pages, revoked } = response;
  const roles = server.rolesOf(device.memberId);
  const may = new Set(
    roles.flatMap((each) =>
      allowedSpaces({ kind: 'member', id: device.memberId, name: '', roles: each, gridCommunity }, [COMMUNITY]),
    ),
  );
  const found = pages
    .filter(({ space, rows }) => rows.length > 0 && (revoked || !may.has(space)))
    .map(({ space }) => `I9 ${device.name} was sent rows of ${space}`);
  return hasContact(device, response) ? [...found, `I9 ${device.name} was sent a contact`] : found;
}

/** A contact comes in rows of the own space, to whoever has claimed its card, and nowhere else in an answer. */
function hasContact({ memberId }: SimDevice, { pages, ...rest }: SyncResponse): boolean {
  const isOwn = (space: string): boolean => space === memberSpace(memberId);
  const others = pages.map(({ rows, ...page }) => (isOwn(page.space) ? page : { ...page, rows }));
  return JSON.stringify([rest, others]).includes(CONTACT_PHONE);
}

/** I10: what an answer took away is on the disk no more once the phone says that it has taken it, nor in its first screen. */
export function checkTakenAway(device: SimDevice, { phase }: SyncStatus): string[] {
  const { name, cache, tabs } = device;
  // Beside another tab an answer from before may still be stored, and goes with the next.
  if (phase !== 'idle' || tabs.length > 1 || cache.state.member === null) return [];
  const allowed = new Set(cache.state.allowed.map(({ id }) => id));
  const held = [...cache.rows].filter(([space, { size }]) => size > 0 && !allowed.has(space));
  // What its author wrote there lies in the outbox too, and leaves the screen with the next one that is kept.
  const shown = firstScreenRows(device, (space) => !allowed.has(space)).filter(({ pending }) => !pending);
  return [
    ...held.map(([space]) => `I10 ${name} holds rows of ${space}, which was taken from it`),
    ...shown.map(({ space }) => `I10 ${name} keeps a first screen with a record of ${space}, which was taken from it`),
  ];
}

/**
 * I15: at any moment each own append that `appliedSeq` counts is in the rows that are here, or was refused or held: it never
 * runs ahead of the rows. Asked where a space is here up to its present version. A cache that lies under another client id
 * is about to begin anew.
 */
export function checkShown(
  device: SimDevice,
  { versions, buildingsMove }: { versions: ReadonlyMap<string, number>; buildingsMove: boolean },
): string[] {
  const { outbox, cache } = device;
  if (cache.state.client !== outbox.clientId) return [];
  return outbox.rows.flatMap(({ space, seq, mid, name, settledAt }) => {
    const cached = cache.spaces.get(space);
    if (name !== 'sim.append' || cached?.done !== true || seq > cached.appliedSeq) return [];
    // Behind the present version a row may be missing because a later change has taken it along.
    if (cached.cursor?.ver !== versions.get(space)) return [];
    const word = (cache.receipts.get(mid) as Receipt | undefined)?.status;
    if (word === undefined ? settledAt !== null : word !== 'applied') return [];
    const rows = [...(cache.rows.get(space)?.values() ?? [])];
    const isHere = rows.some(({ k, d }) => k === 'household' && (d as Partial<Counted>).mids?.includes(mid) === true);
    // It stands where its building does, and that may be elsewhere.
    return isHere || buildingsMove ? [] : [`I15 ${device.name} counts ${mid} as applied and does not hold it`];
  });
}

/** I18: nobody takes a new client id but where another phone has the same one, or the server lost what it knew. */
export function checkClient(device: SimDevice, restored: boolean): string[] {
  const { firstClient, outbox, cloned, name } = device;
  const mayBeNew = cloned || restored || firstClient === null;
  return mayBeNew || outbox.clientId === firstClient ? [] : [`I18 ${name} has a new client id, and nobody has its own`];
}

/** I12: a phone that is done up to the present version has exactly the rows of that version. */
export async function checkComplete(server: ServerWorld, device: SimDevice): Promise<string[]> {
  // Before it has heard of a restore it cannot know that its versions are of another history.
  const { epoch, run } = await server.deps.db.selectFrom('server').select(['epoch', 'run']).executeTakeFirstOrThrow();
  if (device.cache.state.epoch !== epoch) return [];
  const before = new Map(
    [...device.cache.spaces].map(([id, { cursor, done }]) => [
      id,
      done && cursor !== null && runOf(cursor) === run ? cursor.ver : undefined,
    ]),
  );
  const here = new Map(
    [...device.cache.rows].map(([id, rows]) => [
      id,
      new Set([...rows.values()].map(({ k, ...row }) => `${k} ${row.id} ${row.ver}`)),
    ]),
  );
  const versions = await server.deps.db.selectFrom('space').select(['id', 'ver']).execute();
  const rows = await server.deps.db
    .selectFrom('record')
    .select(['space', 'kind', 'id', 'ver'])
    .where('deleted', '=', 0)
    .where(
      'space',
      'in',
      versions.filter(({ id, ver }) => before.get(id) === ver).map(({ id }) => id),
    )
    .execute();
  return versions.flatMap(({ id, ver }) => {
    if (before.get(id) !== ver) return [];
    const there = rows.filter(({ space }) => space === id).map((row) => `${row.kind} ${row.id} ${row.ver}`);
    const held = here.get(id) ?? new Set();
    const same = there.length === held.size && there.every((one) => held.has(one));
    return same ? [] : [`I12 ${device.name} is done with ${id} at ${ver} and holds other rows than it has`];
  });
}
