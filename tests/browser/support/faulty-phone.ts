import { test as base, type Page } from '@playwright/test';
import { buildOffice } from '../../support/demo/build-demo.ts';
import { ADMIN, VOLUNTEER } from '../../support/demo/people.ts';
import { Device } from './device.ts';
import type { FalseServer } from './false-server.ts';
import { fillOffice } from './fill-office.ts';
import { Office } from './office.ts';
import { delivered, readyForOffline, signIn } from './people-at-work.ts';

/** A phone in a volunteer's hand, and who answers at the other end of its wire. */
export interface FaultyPhone {
  device: Device;
  page: Page;
  /** Puts somebody else at the other end; null: the office again. */
  lead(to: FalseServer | null): Promise<void>;
}

/** Signed in, everything fetched, and the application on it. */
export async function takeOut(office: Office): Promise<FaultyPhone> {
  let other: FalseServer | null = null;
  const device = await Device.buy(() => other?.port ?? office.port);
  const page = await device.switchOn();
  await signIn(page, device.origin, VOLUNTEER.signInName);
  await delivered(page);
  await readyForOffline(page);
  return {
    device,
    page,
    async lead(to) {
      other = to;
      await device.wire.cut();
      await device.wire.join();
    },
  };
}

interface Fixtures {
  phone: FaultyPhone;
}

/** One office a worker, that its tests may kill as often as they like, and a phone of its own for each test. */
export const test = base.extend<Fixtures, { office: Office }>({
  office: [
    async ({ browserName: _ }, use) => {
      const office = await Office.open(fillOffice((deps) => buildOffice(deps, [ADMIN, VOLUNTEER])));
      await use(office);
      await office.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  phone: async ({ office }, use) => {
    const phone = await takeOut(office);
    await use(phone);
    await phone.device.throwAway();
  },
});
