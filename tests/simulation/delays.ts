import type { Waiting } from '../../src/sync/engine-api.ts';
import type { OutboxRow } from '../../src/sync/outbox-port.ts';
import { BAD } from './workload.ts';
import type { SimDevice } from './sim-device.ts';

const MINUTE = 60_000;
/** Who backs off when the faults stop asks again within five minutes, and sends a mutation a request at first. */
const OTHERS_WAIT = 8 * MINUTE;
/** Ten tries, each later by up to a minute, until one is held [PS7]; of one that is stuck one every five [PS11]. */
const EACH_POISON = 8 * MINUTE;

const isWaiting = ({ state, receipt }: Waiting): boolean => state !== 'delivered' && receipt === null;

/**
 * L3: once the faults have stopped, what cannot be settled delays what stands behind it in its own space for as long as it is
 * tried, and nothing else at all. L4: a frozen tab keeps no other waiting for longer than it takes to tell that it is.
 */
export function watchDelays(devices: readonly SimDevice[], now: () => number, report: (finding: string) => void) {
  let since: number | null = null;
  /** What cannot be settled and was still to be tried when the faults stopped, or after it. */
  const bad = new Map<string, { device: SimDevice; space: string }>();

  /** A fork has all of it sent under another client id, and tried from the beginning [FK2]. */
  const clients = new Map<SimDevice, { id: string | null; since: number }>();
  const quietOf = (device: SimDevice, stopped: number): number => {
    const id = device.outbox.clientId;
    const known = clients.get(device);
    const since = known?.id === id ? known.since : known === undefined ? stopped : now();
    clients.set(device, { id, since });
    return now() - Math.max(since, stopped);
  };

  const noteBad = (device: SimDevice, { mid, space, name }: OutboxRow): void => {
    if (BAD.includes(name)) bad.set(mid, { device, space });
  };

  const checkPoison = (device: SimDevice, quiet: number): void => {
    const all = device.engine?.waiting() ?? [];
    // A server that was restored has lost some that were settled: they are tried once more.
    for (const each of all) if (isWaiting(each)) noteBad(device, each.row);
    const poison = all.map(({ row }) => row).filter(({ mid }) => bad.has(mid));
    const here = new Set(poison.map(({ mid }) => mid));
    // From a lost phone each has gone once it was held.
    const gone = [...bad].filter(([mid, one]) => one.device === device && !here.has(mid)).map(([, one]) => one);
    for (const each of all) {
      const { space, seq, mid, name } = each.row;
      const ahead = poison.filter((one) => one.space === space && one.seq <= seq);
      const before = ahead.length + gone.filter((one) => one.space === space).length;
      if (isWaiting(each) && quiet > OTHERS_WAIT + before * EACH_POISON) {
        report(`L3 ${device.name} ${name} ${mid} still waits, behind ${before} that cannot be settled`);
      }
    }
  };

  return {
    faultsStop: (): void => {
      since = now();
      for (const device of devices) {
        for (const row of device.outbox.rows) if (row.settledAt === null) noteBad(device, row);
      }
    },
    check: (): void => {
      for (const device of devices) {
        if (device.locks.isLate(now())) report(`L4 a tab of ${device.name} is kept waiting by a frozen one`);
        if (since !== null) checkPoison(device, quietOf(device, since));
      }
    },
  };
}
