import { carriedSpaces } from '../../src/sync/carried-spaces.ts';
import type { ServerWorld } from './server-world.ts';
import type { SimDevice } from './sim-device.ts';

/** So long everyone is watched once nobody has anything to tell or to hear. */
export const SILENCE_MS = 3 * 60_000;
/** A quiet tab polls every 30 to 60 s, with a second round where there was something; one alone may be poked. */
const POLLS_IN_SILENCE = 12;

const isAtRest = (device: SimDevice): boolean =>
  device.awake.every(({ engine }) => {
    const { phase, media } = engine.status();
    return ['idle', 'revoked'].includes(phase) && (media === undefined || device.revoked);
  });

/** It has all that there is. Until then it may ask page after page, and a clone learns at the last one that it is one. */
function isUpToDate({ cache, engine, revoked }: SimDevice, versions: ReadonlyMap<string, number>): boolean {
  if (revoked) return true;
  return carriedSpaces(cache.state, engine?.leftOut() ?? []).every((id) => {
    const space = cache.spaces.get(id);
    return space?.done === true && space.cursor?.ver === (versions.get(id) ?? 0);
  });
}

/** Who has something to tell or to hear. */
export async function whoIsBusy(server: ServerWorld, devices: readonly SimDevice[]): Promise<SimDevice[]> {
  const hasTold = (device: SimDevice): boolean =>
    device.engine !== undefined && device.waiting === 0 && isAtRest(device);
  const telling = devices.filter((device) => !hasTold(device));
  if (telling.length > 0) return telling;
  const rows = await server.deps.db.selectFrom('space').select(['id', 'ver']).execute();
  const versions = new Map(rows.map(({ id, ver }) => [id, ver]));
  return devices.filter((device) => !isUpToDate(device, versions));
}

/** L2: whoever is at rest says so. A poll may be under way at any moment. */
export const checkRest = (devices: readonly SimDevice[]): string[] =>
  devices.flatMap((device) =>
    device.awake
      .map(({ engine }) => engine.status().phase)
      .filter((phase) => phase !== (device.revoked ? 'revoked' : 'idle') && phase !== 'syncing')
      .map((phase) => `L2 ${device.name} ends as ${phase}`),
  );

/** L6: in silence no tab asks more than its polls. `asked` is how often each phone did. */
export function checkSilence(devices: readonly SimDevice[], asked: ReadonlyMap<SimDevice, number>): string[] {
  const tabsOf = (all: readonly SimDevice[]): number => all.reduce((sum, device) => sum + device.awake.length, 0);
  const times = [...asked.values()].reduce((sum, one) => sum + one, 0);
  const tabs = tabsOf(devices);
  const found = [...asked]
    .filter(([device, own]) => own > 2 * tabsOf([device]) * POLLS_IN_SILENCE)
    .map(([device, own]) => `L6 ${device.name} asked ${own} times in its silence`);
  return times > tabs * POLLS_IN_SILENCE
    ? [`L6 ${times} requests of ${tabs} tabs in three minutes of silence`, ...found]
    : found;
}
