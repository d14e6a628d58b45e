import type { BlowWorld, Strike } from './blows.ts';
import type { SimDevice, Tab } from './sim-device.ts';

const MINUTE = 60_000;
const MOST_TABS = 5;
/** Some stay frozen until everybody else has long come to rest. */
const STAYS_FROZEN = 0.25;
/** The browser wants its memory back. */
const IS_DISCARDED = 0.2;

/** What may befall one tab while others of the same phone live on. */
export const tabStrikes = {
  openTab({ hit }, device) {
    if (device.tabs.length >= MOST_TABS) return;
    hit('tabOpened', device);
    void device.open();
  },
  closeTab({ hit }, device, prng) {
    const tab = prng.pick(device.tabs);
    if (device.tabs.length < 2 || tab === undefined) return;
    hit('tabClosed', device);
    device.close(tab);
  },
  freeze({ hit, time }, device, prng) {
    const tab = prng.pick(device.awake);
    if (tab === undefined) return;
    hit('tabFrozen', device);
    device.freeze(tab);
    if (prng.chance(STAYS_FROZEN)) return;
    time.after(1_000 + prng.int(4 * MINUTE), () => {
      if (!device.tabs.includes(tab) || tab.process.frozenAt() === null) return;
      if (prng.chance(IS_DISCARDED)) {
        hit('tabClosed', device);
        device.close(tab);
      } else thaw({ hit }, device, tab);
    });
  },
} satisfies Record<string, Strike>;

/** Its person has come back to it, or the browser let it go on behind others: then nobody asks it to look. */
export function thaw({ hit }: Pick<BlowWorld, 'hit'>, device: SimDevice, tab: Tab): void {
  hit('tabThawed', device);
  device.thaw(tab);
}
