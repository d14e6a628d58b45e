import { RandomPhone } from './random-phone.ts';
import { moveTo, type SoakWalk, type SoakWorld } from './soak-walk.ts';
import { takeUpdate, updateIsOffered } from './take-update.ts';

const STEPS_A_ROUND = 12;

type Fault = (phone: RandomPhone, world: SoakWorld) => Promise<unknown>;

const dropCache = (): Promise<void> =>
  indexedDB.databases().then((all) => {
    for (const { name } of all) if (name?.startsWith('cache-') === true) indexedDB.deleteDatabase(name);
  });

const FAULTS: Readonly<Record<string, Fault>> = {
  cut: (phone) => phone.wire.cut(),
  join: (phone) => phone.wire.join(),
  cutInMidRequest: (phone, { prng }) => {
    phone.wire.cutAfter(1 + prng.int(20_000));
    return phone.wire.join();
  },
  portal: (phone) => phone.enterPortal(),
  killServer: async (_phone, { office }) => {
    await office.kill();
    await office.start();
  },
  otherBuild: (_phone, world) => {
    const { office, programs } = world;
    return moveTo(world, office.folder === programs.newer ? programs.older : programs.newer);
  },
  killBrowser: (phone) => phone.kill(),
  openTab: (phone) => phone.openTab(),
  closeTab: (phone) => phone.closeTab(),
  reload: (phone) => phone.anyTab.reload(),
  dropCache: (phone) => phone.anyTab.evaluate(dropCache),
  takeUpdate: async (phone) => {
    const tab = phone.anyTab;
    if (await updateIsOffered(tab)) await takeUpdate(tab);
  },
};

/** Faults by chance, a few matters after each; the accounts are balanced after every dozen. */
export const randomFaults: SoakWalk = {
  name: 'random-faults',
  async walk(world) {
    const { prng, until, say } = world;
    const phone = await RandomPhone.open(world);
    try {
      for (let round = 1; Date.now() < until; round += 1) {
        const struck: string[] = [];
        try {
          for (let step = 0; step < STEPS_A_ROUND; step += 1) {
            const name = prng.pick(Object.keys(FAULTS))!;
            struck.push(name);
            await FAULTS[name]!(phone, world);
            await phone.expectAllOnDisk();
            await phone.save(1 + prng.int(5));
            await new Promise((resolve) => setTimeout(resolve, prng.int(1_000)));
          }
          await phone.balance();
        } catch (error) {
          say(`round ${round}: ${struck.join(', ')}`);
          throw error;
        }
        say(`round ${round}: ${phone.mids.length} saved so far, each there once`);
      }
    } finally {
      await phone.throwAway();
    }
  },
};
