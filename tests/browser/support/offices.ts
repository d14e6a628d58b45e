import { test as base } from '@playwright/test';
import { createMember } from '../../../src/server/auth/create-member.ts';
import type { Dependencies } from '../../../src/server/dependencies.ts';
import { buildDemo, buildOffice } from '../../support/demo/build-demo.ts';
import { DEMO_PASSWORD } from '../../support/demo/people.ts';
import { fillOffice } from './fill-office.ts';
import { FELLOW, LEAVING } from './more-people.ts';
import { Office } from './office.ts';

interface Offices {
  /** The demo: five communities and a matter under every item. A test that writes takes matters of its own there. */
  filled: Office;
  /** Places and people, and nothing logged: for looking only. */
  empty: Office;
}

async function buildTown(deps: Dependencies): Promise<void> {
  await buildDemo(deps);
  for (const member of [FELLOW, LEAVING]) {
    await createMember(deps, { ...member, displayName: member.name, password: DEMO_PASSWORD });
  }
}

/** One server of each kind a worker, opened when first asked for: filling and warming one up costs more than most tests. */
export const test = base.extend<object, Offices>({
  filled: [
    async ({ browserName: _ }, use) => {
      const office = await Office.open(fillOffice(buildTown));
      await use(office);
      await office.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  empty: [
    async ({ browserName: _ }, use) => {
      const office = await Office.open(fillOffice(buildOffice));
      await use(office);
      await office.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
