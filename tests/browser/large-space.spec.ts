import { expect, test, type Page } from '@playwright/test';
import { fillOffice as fillGrids } from '../../bench/phone/fill-grid.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { createMember } from '../../src/server/auth/create-member.ts';
import { DEMO_PASSWORD } from '../support/demo/people.ts';
import { fillOffice } from './support/fill-office.ts';
import { Office } from './support/office.ts';
import { signIn } from './support/people-at-work.ts';

const COUNT = 9500;

/** Of all members of this browser: there is one. */
const rowsStored = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('cache-'))!;
    const wait = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const db = await wait(indexedDB.open(name!));
    const chunks = (await wait(db.transaction('chunks').objectStore('chunks').getAll())) as {
      space: string;
      rows: number;
    }[];
    db.close();
    return chunks.filter(({ space }) => space === 'grid:large').reduce((sum, { rows }) => sum + rows, 0);
  });

test('the pages of a large space are made in a worker, which goes when all of them are here', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open(
    fillOffice(async (deps) => {
      await fillGrids(deps, { large: COUNT });
      const roles = { ...NO_ROLES, volunteer: ['large'] };
      await createMember(deps, {
        id: 'large',
        signInName: 'dashuju',
        displayName: '何田',
        password: DEMO_PASSWORD,
        roles,
      });
    }),
  );
  try {
    const stored: number[] = [];
    // One that failed is gone with the first page, and the others are made without it.
    page.on('worker', (worker) => {
      if (!worker.url().includes('page-worker')) return;
      worker.on('close', () => void rowsStored(page).then((rows) => stored.push(rows)));
    });
    await signIn(page, office.origin, 'dashuju');
    await expect.poll(() => stored, { timeout: 60_000 }).toEqual([COUNT]);
  } finally {
    await office.close();
  }
});
