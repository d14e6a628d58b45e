import { memberSpace, OFFICE } from '../../src/domain/space/space.ts';
import type { SyncEngine } from '../../src/sync/engine-api.ts';
import { isSame } from './canonical.ts';
import { key } from './model-records.ts';
import type { ServerRow, ServerWorld } from './server-world.ts';
import { firstScreenRows, shownRows } from './shown-rows.ts';
import type { SimDevice } from './sim-device.ts';

/** There is one in this town: what it can leave out is everything but the office and what is a member's own. */
const isOfCommunity = (space: string): boolean => space !== OFFICE && !space.startsWith(memberSpace(''));

const carriedBy = (engine: SyncEngine | undefined): string[] =>
  (engine?.allowed() ?? []).filter((space) => engine?.leftOut().length === 0 || !isOfCommunity(space));

const told = (name: string): string => name.replaceAll('\n', ' ');

/** I7, L2, I10: a phone holds of each space that it carries exactly what the server does, and of others nothing. */
export function checkPhone(device: SimDevice, rows: readonly ServerRow[]): string[] {
  const { name: phone, cache, engine } = device;
  const found = device.heldOfLeftOut();
  const leftOut = engine?.leftOut() ?? [];
  const carried = carriedBy(engine);
  if (device.leftOut !== null && !isSame(device.leftOut, leftOut)) {
    found.push(`PL9 ${phone} has forgotten what it was to leave out`);
  }
  for (const space of carried) {
    if (cache.spaces.get(space)?.done !== true) found.push(`L2 ${phone} is not done with ${space}`);
    const there = rows.filter((row) => row.space === space).map(({ id, ver, data }) => ({ id, ver, d: data }));
    const here = [...(cache.rows.get(space)?.values() ?? [])].map(({ id, ver, d }) => ({ id, ver, d }));
    if (!isSame(inOrder(here), inOrder(there))) found.push(`I7 ${phone} differs from the server in ${space}`);
  }
  const held = [...cache.rows].filter(([space, all]) => all.size > 0 && !carried.includes(space));
  for (const [space] of held) found.push(`I10 ${phone} still holds ${space}`);
  for (const { space } of firstScreenRows(device, (one) => !carried.includes(one))) {
    found.push(`I10 ${phone} still keeps a first screen with a record of ${space}`);
  }
  for (const { space, kind, id, data } of rows) {
    if (!carried.includes(space)) continue;
    const shown = engine?.view.get(space, kind as 'ticket', id);
    if (shown === undefined || shown.pending || !isSame(shown.data, data)) {
      found.push(`I7 ${phone} shows ${kind} ${id} otherwise than the server has it`);
    }
  }
  return found;
}

const inOrder = (all: readonly { id: string; ver: number; d: unknown }[]): unknown =>
  [...all].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, ver, d }) => [id, ver, d]);

/** I10: of whose session has ended nothing is left on the disk, nor for a next first screen. */
export function checkNothingHeld(device: SimDevice): string[] {
  const { name, cache } = device;
  const found = [
    ...(cache.spaces.size > 0 ? ['holds spaces'] : []),
    ...([...cache.rows.values()].some(({ size }) => size > 0) ? ['holds rows'] : []),
    ...(cache.segments.size > 0 ? ['holds segments'] : []),
    ...(firstScreenRows(device, () => true).length > 0 ? ['keeps a first screen with records'] : []),
  ];
  return found.map((what) => `I10 ${name} was revoked and still ${what}`);
}

/**
 * I7, I10: what each tab lists is what the server has of what is carried, one for one. Asked when nothing comes after it:
 * what is looked at is kept for the next first screen.
 */
export async function checkLists(server: ServerWorld, devices: readonly SimDevice[]): Promise<string[]> {
  const rows = await server.rows();
  // Of all that ever had a version.
  const spaces = [...(await server.digests()).keys()];
  return devices.flatMap((device) => device.awake.flatMap(({ engine }) => checkTab(device.name, engine, rows, spaces)));
}

function checkTab(phone: string, engine: SyncEngine, rows: readonly ServerRow[], spaces: readonly string[]): string[] {
  const carried = carriedBy(engine);
  const there = new Map(
    rows
      .filter(({ space }) => carried.includes(space))
      .map((row) => [key(row.space, row.kind, row.id), row.data] as const),
  );
  const { value: shown, isWhole } = engine.view.read(() => shownRows(engine, spaces));
  const found: string[] = [];
  for (const [name, { space, data, pending }] of shown) {
    if (!carried.includes(space)) found.push(`I10 ${phone} still shows ${told(name)}`);
    else if (!there.has(name)) found.push(`I7 ${phone} shows ${told(name)}, which the server has not`);
    else if (pending || !isSame(data, there.get(name))) found.push(`I7 ${phone} lists ${told(name)} otherwise`);
  }
  // What lies in segments is listed once it was read.
  const missing = isWhole ? [...there.keys()].filter((name) => !shown.has(name)) : [];
  return found.concat(missing.map((name) => `I7 ${phone} does not list ${told(name)}`));
}
