import { cloneCacheDisk } from '../support/memory-cache-store.ts';
import { cloneOutboxDisk } from '../support/memory-outbox-store.ts';
import type { Strike } from './blows.ts';
import { PEOPLE } from './sim-town.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What may befall a phone's two databases, and whose session its browser has. */
export const diskStrikes = {
  /** Operations of its stores fail now and then, for a while, before or after they were done. */
  storeFails({ hit }, device, prng) {
    const when = prng.chance(0.5) ? 'before' : 'after';
    let hasStruck = false;
    const fails = (): typeof when | null => {
      if (!prng.chance(0.3)) return null;
      if (!hasStruck) hit('storeFails', device);
      hasStruck = true;
      return when;
    };
    device.fails(fails, 500 + prng.int(20 * SECOND));
  },
  /** The battery falls out: what the cache wrote last never came to the disk. The outbox is strict. */
  loseLast({ hit, time, reopen }, device, prng) {
    const { handles: _, ...earlier } = cloneCacheDisk(device.cache);
    time.after(500 + prng.int(20 * SECOND), () => {
      hit('cacheLostLast', device);
      device.kill();
      Object.assign(device.cache, earlier);
      reopen(device, 500 + prng.int(MINUTE));
    });
  },
  /** A profile is restored: the outbox is what it was a while ago, and the cache with it or not. */
  putBack({ hit, time, reopen }, device, prng) {
    const outbox = cloneOutboxDisk(device.outbox);
    const cache = prng.chance(0.5) ? cloneCacheDisk(device.cache) : null;
    time.after(5 * SECOND + prng.int(2 * MINUTE), () => {
      hit('outboxPutBack', device);
      device.putBack(outbox, cache);
      reopen(device, 500 + prng.int(MINUTE));
    });
  },
  /** The browser empties the outbox, under open pages or while none is open. */
  empty({ hit, reopen }, device, prng) {
    hit('outboxEmptied', device);
    if (prng.chance(0.3)) {
      device.kill();
      reopen(device, 500 + prng.int(MINUTE));
    }
    device.empty();
  },
  /** Somebody else signs in in this browser; then its own member comes back. */
  otherMember({ hit, time }, device, prng) {
    const other = prng.pick(Object.values(PEOPLE).filter(({ id }) => id !== device.memberId));
    if (other === undefined || device.visitor !== null) return;
    hit('otherMember', device);
    device.visitor = other.id;
    time.after(5 * SECOND + prng.int(MINUTE), () => {
      device.comeBack();
    });
  },
} satisfies Record<string, Strike>;
