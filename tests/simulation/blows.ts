import { cloneCacheDisk, wipeCacheDisk } from '../support/memory-cache-store.ts';
import { cloneOutboxDisk } from '../support/memory-outbox-store.ts';
import { diskStrikes } from './disk-blows.ts';
import type { Blow } from './event-plan.ts';
import type { Fault } from './faults.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Prng } from './prng.ts';
import type { Backup, ServerWorld, WayBack } from './server-world.ts';
import { serverStrikes } from './server-blows.ts';
import { SimDevice } from './sim-device.ts';
import type { DeviceWorld } from './sim-device.ts';
import { COMMUNITY, GRIDS, PEOPLE } from './sim-town.ts';
import { tabStrikes } from './tab-blows.ts';
import type { VirtualTime } from './virtual-time.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

export interface BlowWorld {
  time: VirtualTime;
  server: ServerWorld;
  world: DeviceWorld;
  bug: PlantedBug | null;
  devices: SimDevice[];
  backup: Backup;
  /** Each database that comes back by hand comes in this way; null: as it happens. */
  byHand: Exclude<WayBack, 'command'> | null;
  /** With what came later than the seeds that are tests by name. */
  isLater: boolean;
  report(finding: string): void;
  usable(): SimDevice[];
  hit(fault: Fault, device: SimDevice): void;
  reopen(device: SimDevice, ms: number): void;
  /** The coordinator's phone saves a move of a building. */
  move(prng: Prng): void;
}

export type Strike = (run: BlowWorld, device: SimDevice, prng: Prng) => void;

const kill: Strike = ({ hit, reopen }, device, prng) => {
  hit('deviceKilled', device);
  device.kill();
  reopen(device, 500 + prng.int(MINUTE));
};

interface Return {
  way: WayBack;
  epoch: string;
  /** The photos that came since are not there any more. */
  losePhotos: boolean;
}

function comeBack(run: BlowWorld, backup: Backup, { way, epoch, losePhotos }: Return): void {
  const { usable, hit, time, server } = run;
  const struck = usable();
  for (const each of struck) hit(way === 'command' ? 'serverRestored' : 'serverCopiedBack', each);
  const putBack = async (): Promise<void> => {
    const lost = losePhotos ? await server.losePhotos(backup) : 0;
    if (lost > 0) for (const each of struck) hit('photoStoreLost', each);
    await server.restore(backup, way, epoch);
    // What was taken later is of what is gone.
    run.backup = backup;
  };
  void time.during(putBack());
}

const strikes: Record<Blow, Strike> = {
  ...tabStrikes,
  ...serverStrikes,
  ...diskStrikes,
  kill,
  wipe({ hit, reopen }, device, prng) {
    hit('cacheWiped', device);
    if (prng.chance(0.5)) {
      device.kill();
      reopen(device, 500 + prng.int(MINUTE));
    }
    wipeCacheDisk(device.cache);
  },
  full({ hit, time }, device, prng) {
    hit('outboxFull', device);
    device.full = true;
    time.after(prng.int(MINUTE), () => {
      device.full = false;
    });
  },
  clock({ hit }, device, prng) {
    hit('clockJump', device);
    device.skew = Math.floor((prng.next() * 2 - 1) * YEAR);
  },
  roles({ hit, devices, server, time }, _device, prng) {
    const of = devices.find(({ memberId }) => memberId === PEOPLE.twoGrids.id);
    if (of === undefined) return;
    const volunteer = prng.chance(0.5) ? [GRIDS[0]] : prng.chance(0.5) ? [] : [...GRIDS];
    const had = server.rolesOf(of.memberId)[0]?.volunteer ?? PEOPLE.twoGrids.roles.volunteer;
    if (had.some((grid) => !volunteer.includes(grid))) hit('roleLost', of);
    void time.during(server.setRoles(of.memberId, { ...PEOPLE.twoGrids.roles, volunteer }));
  },
  move: ({ move }, _device, prng) => {
    move(prng);
  },
  gc({ usable, hit, server, time, bug }) {
    const struck = usable();
    void time.during(
      server.collectTombstones(bug !== 'tombstonesGoneSilently').then((gone) => {
        if (gone > 0) for (const each of struck) hit('tombstonesGone', each);
      }),
    );
  },
  clone({ devices, hit, world }, device) {
    if (devices.length >= 9) return;
    hit('clientCloned', device);
    const about = { name: `${device.name}'`, memberId: device.memberId, sessionId: device.sessionId };
    const twin = new SimDevice(world, {
      ...about,
      outbox: cloneOutboxDisk(device.outbox),
      cache: cloneCacheDisk(device.cache),
    });
    // What the twin has taken over it answers for as well.
    const copied = new Set(twin.outbox.rows.map((row) => row.mid));
    twin.saved.push(...device.saved.filter(({ mid }) => copied.has(mid)));
    device.cloned = true;
    twin.cloned = true;
    twin.revoked = device.revoked;
    twin.leftOut = twin.outbox.leftOut ?? [];
    devices.push(twin);
    void twin.open();
  },
  backup(run) {
    void run.time.during(
      run.server.backup().then((taken) => {
        run.backup = taken;
      }),
    );
  },
  restore(run, _device, prng) {
    const { backup, byHand, bug, isLater } = run;
    if (backup.logged === 0) return;
    const command = prng.chance(0.4) && bug !== 'epochKeptOnCopy';
    const epoch = `epoch-${prng.hex(6)}`;
    const way = command ? 'command' : (byHand ?? prng.pick(['backup', 'file', 'folder']) ?? 'file');
    comeBack(run, backup, { way, epoch, losePhotos: isLater && prng.chance(0.3) });
  },
  losePhotos(run, _device, prng) {
    const { server, time } = run;
    const epoch = `epoch-${prng.hex(6)}`;
    void time.during(
      server.backup().then((backup) => {
        const { restoredAt } = server;
        time.after(2 * MINUTE + prng.int(2 * MINUTE), () => {
          // What is newer than all that is there is no backup of it.
          if (server.restoredAt !== restoredAt || backup.logged === 0) return;
          comeBack(run, backup, { way: 'command', epoch, losePhotos: true });
        });
      }),
    );
  },
  restart({ usable, hit, time, server, report }, _device, prng) {
    for (const each of usable()) hit('serverRestarted', each);
    void time.during(
      server.restart({ betweenMarks: prng.chance(0.5) }).then((found) => {
        for (const finding of found) report(finding);
      }),
    );
  },
  leaveOut({ hit, report, time }, device, prng) {
    const change = (communities: readonly string[]): void => {
      if (device.engine === undefined || device.changesLeftOut()) return;
      hit(communities.length > 0 ? 'leftOut' : 'takenBack', device);
      void device.leaveOut(prng.int(2), communities).then((found) => {
        for (const finding of found) report(finding);
      });
    };
    change([COMMUNITY]);
    // Some never take it back.
    if (prng.chance(0.8)) {
      time.after(prng.int(2 * MINUTE), () => {
        change([]);
      });
    }
  },
  revoke({ devices, hit, time, server }, device) {
    if (device.name === 'co') return;
    hit('sessionRevoked', device);
    for (const each of devices) if (each.sessionId === device.sessionId) each.revoked = true;
    void time.during(server.revoke(device.sessionId));
  },
};

export function strike(run: BlowWorld, blow: Blow, who: number, prng: Prng): void {
  const usable = run.usable();
  const device = usable[Math.floor(who * usable.length)];
  if (device !== undefined) strikes[blow](run, device, prng);
}
