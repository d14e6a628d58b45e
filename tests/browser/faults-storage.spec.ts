import { randomUUID } from 'node:crypto';
import { expect, type CDPSession, type Page } from '@playwright/test';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import type { Dependencies } from '../../src/server/dependencies.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, VOLUNTEER } from '../support/demo/people.ts';
import { expectEachOnce, notOnce } from './support/balance.ts';
import { faultsOf } from './support/axe.ts';
import { takeOut, test } from './support/faulty-phone.ts';
import { fillOffice } from './support/fill-office.ts';
import { Office } from './support/office.ts';
import { delivered, logMatter, readSlip, type Matter } from './support/people-at-work.ts';
import { findNetwork, manyMatters, midsOnDisk, saveAll, waitingCount, writtenDown } from './support/running-app.ts';
import { storedRecords } from './support/stored.ts';

/** What a phone does to its own storage and clock; what was written down is at the server, once, in the end. */
test.setTimeout(180_000);

const YEAR_MS = 365 * 24 * 60 * 60_000;
const building = demoCommunity('清泰门社区').estates[0]!.buildings[2]!;
/** Each walk has doors of its own: one that has a slip already is shown without digits. */
const doors = building.entrances.flatMap(({ floors }) => floors.flatMap(({ rooms }) => rooms));

const matter = (door: number, text: string): Matter => ({
  door: { buildingId: building.id, roomId: doors[door]!.id },
  search: '楼道脏',
  item: '楼道保洁',
  kind: '问题',
  text,
});

const midsOf = async (page: Page): Promise<string[]> => (await writtenDown(page)).map(({ mid }) => mid);

const ticketOf = (dataDir: string, text: string) =>
  storedRecords<Ticket>(dataDir, 'ticket').find(({ data }) => data.text === text)!;

const devtools = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);

/**
 * The browser asks for the quota when it opens a database, and remembers the answer for a while after nobody has it open any
 * more: the worker has it open as well. Answers what takes the limit away.
 */
async function limitDisk(page: Page, origin: string, quotaSize: number): Promise<() => Promise<unknown>> {
  const tools = await devtools(page);
  await page.goto('about:blank');
  await tools.send('ServiceWorker.enable');
  await tools.send('ServiceWorker.stopAllWorkers');
  await page.waitForTimeout(3_000);
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return () => tools.send('Storage.overrideQuotaForOrigin', { origin });
}

test('the storage is wiped while the application is open: what was sent comes back, and it goes on', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  await logMatter(page, device.origin, matter(0, '清空存储以前'));
  await page.goto(device.origin);
  await delivered(page);
  const before = await midsOf(page);
  const faults: string[] = [];
  let loaded = 0;
  page.on('pageerror', (error) => faults.push(error.name));
  page.on('load', () => (loaded += 1));
  await (await devtools(page)).send('Storage.clearDataForOrigin', { origin: device.origin, storageTypes: 'indexeddb' });
  const after = await saveAll(page, manyMatters(5, '清空存储以后'));
  await findNetwork(page);
  await expect.poll(() => ticketOf(office.dataDir, '清空存储以后 5') !== undefined).toBe(true);
  await delivered(page);
  expect({ loaded, faults }).toEqual({ loaded: 0, faults: [] });

  const { id, data } = ticketOf(office.dataDir, '清空存储以前');
  await page.goto(`${device.origin}/door/ticket/${data.place.gridId}/${id}`);
  await expect(page.getByText('清空存储以前').first()).toBeVisible();
  await logMatter(page, device.origin, matter(1, '清空存储以后又记'));
  await page.goto(device.origin);
  await delivered(page);
  expectEachOnce(office.dataDir, after, '清空存储以', 7);
  // All that had been delivered was sent once more, for the server might have been put back; it had no second effect.
  expect(before).not.toEqual([]);
  expect(notOnce(office.dataDir, before)).toEqual(
    Object.fromEntries(before.map((mid) => [mid, ['applied', 'applied']])),
  );
});

test('[OB10] what waits goes back into a storage that is emptied under two open pages, outlives them, and arrives once', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const other = await device.openTab();
  await other.goto(device.origin);
  await device.wire.cut();
  const words = '开着页面被清空';
  const mids = await saveAll(page, manyMatters(3, words));
  await expect.poll(() => waitingCount(other)).toBe(3);
  await (await devtools(page)).send('Storage.clearDataForOrigin', { origin: device.origin, storageTypes: 'indexeddb' });
  // Nobody touches a page: the browser has told both that their databases are gone.
  await expect.poll(() => midsOnDisk(page)).toEqual(mids);
  await other.close();
  await page.reload();
  await expect.poll(() => waitingCount(page)).toBe(3);
  await expect(page.getByRole('heading', { name: '这部手机上少了记录' })).toHaveCount(0);
  await device.wire.join();
  await findNetwork(page);
  await delivered(page);
  expectEachOnce(office.dataDir, mids, words, 3);
});

test('[OB9] the storage is emptied with something in it that waits: that is said, and not 都已送达', async ({
  phone,
}) => {
  const { page, device } = phone;
  await device.wire.cut();
  await page.goto(device.origin);
  await saveAll(page, manyMatters(3, '浏览器清空以前'));
  // A note is made of it a moment later.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('doorstep.waiting') ?? ''))
    .toMatch(/"mids":\[".+",".+",".+"\]/);
  await page.goto('about:blank');
  await (await devtools(page)).send('Storage.clearDataForOrigin', { origin: device.origin, storageTypes: 'indexeddb' });
  await page.goto(device.origin);
  await expect(page.getByRole('link', { name: '有 1 件要你看一看' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '这部手机上少了记录' })).toBeVisible();
  await expect(page.getByText('都已送达')).toHaveCount(0);

  await page.goto(`${device.origin}/attention`);
  await expect(page.getByRole('heading', { name: '至少 3 条在这部手机上找不到了' })).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await page.reload();
  await page.getByRole('button', { name: '核对过了' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '核对过了' }).click();
  await expect(page.getByText('没有要处理的')).toBeVisible();
});

for (const [years, words, door] of [
  [-1, '手机慢一年', 2],
  [1, '手机快一年', 3],
] as const) {
  test(`the clock of the phone is ${years} year off: all arrives, and the times are the server's`, async ({
    office,
    phone,
  }) => {
    const { page, device } = phone;
    await page.addInitScript((shift) => {
      const Right = Date;
      window.Date = class extends Right {
        constructor(given?: number | string) {
          super(given ?? Right.now() + shift);
        }
        static override now = (): number => Right.now() + shift;
      } as DateConstructor;
    }, years * YEAR_MS);
    await page.goto(device.origin);
    await device.wire.cut();
    await logMatter(page, device.origin, matter(door, `${words} 0`));
    await saveAll(page, manyMatters(3, words));
    const mids = await midsOf(page);
    await device.wire.join();
    await findNetwork(page);
    await page.goto(device.origin);
    await delivered(page);
    expectEachOnce(office.dataDir, mids, words, 4);

    const { id, data } = ticketOf(office.dataDir, `${words} 0`);
    expect(Math.abs(data.loggedAt - Date.now())).toBeLessThan(10 * 60_000);
    expect(Math.abs(data.deviceAt - Date.now() - years * YEAR_MS)).toBeLessThan(10 * 60_000);
    await page.goto(`${device.origin}/door/ticket/${data.place.gridId}/${id}`);
    await expect(page.locator('.timeline time').first()).toHaveAttribute(
      'datetime',
      new Date(data.timeline[0]!.at).toISOString(),
    );
  });
}

test('the disk is full: the form keeps its words, the cache makes room first, and later the same form is saved', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const words = '手机没有空间';
  const gridsHere = (): Promise<number> => page.evaluate(storedGrids);
  expect(await gridsHere()).toBeGreaterThan(0);
  await device.wire.cut();
  const freeDisk = await limitDisk(page, device.origin, 1);
  await page.goto(`${device.origin}/log?room=${doors[4]!.id}&building=${building.id}`);
  await page.getByRole('searchbox', { name: '找事项' }).fill('楼道脏');
  await page.getByRole('button', { name: '楼道保洁' }).first().click();
  await page.getByLabel('居民怎么说的').fill(words);
  await expect(page.getByText(/没写完的内容没能存到手机里/)).toBeVisible();
  expect(await gridsHere()).toBeGreaterThan(0);
  const save = page.getByRole('button', { name: '居民口头同意，保存' });
  await save.click();
  await expect(page.getByText(/手机空间不够，没能存下/)).toBeVisible();
  await expect(page.getByLabel('居民怎么说的')).toHaveValue(words);
  expect(await midsOf(page)).toEqual([]);
  expect(await gridsHere()).toBe(0);

  await freeDisk();
  await save.click();
  await readSlip(page);
  const mids = await midsOf(page);
  expect(mids.length).toBeGreaterThan(0);
  await device.wire.join();
  await page.goto(device.origin);
  await delivered(page);
  expectEachOnce(office.dataDir, mids, words, 1);
  await expect.poll(gridsHere).toBeGreaterThan(0);
});

test('[OB11] a disk that takes nothing more: what waits goes out, home says what is the matter, and does not blame the network', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const words = '满了也要送出去';
  await device.wire.cut();
  const mids = await saveAll(page, manyMatters(3, words));
  const freeDisk = await limitDisk(page, device.origin, 1);
  await device.wire.join();
  await page.goto(device.origin);
  await expect.poll(() => waitingCount(page)).toBe(0);
  expectEachOnce(office.dataDir, mids, words, 3);
  await expect(page.getByRole('link', { name: '手机空间不够，新内容存不下' })).toBeVisible();
  await expect(page.getByText('没有网络', { exact: true })).toHaveCount(0);
  await delivered(page);
  expect(await faultsOf(page)).toEqual([]);

  await freeDisk();
  await page.goto(device.origin);
  await delivered(page);
  await expect(page.getByRole('link', { name: '手机空间不够，新内容存不下' })).toHaveCount(0);
});

test('OB8: between one byte and enough: the save frees what can be fetched again, and goes through by itself', async () => {
  const office = await Office.open(fillOffice(fullGrid));
  const { page, device } = await takeOut(office);
  try {
    const words = '腾出空间再存';
    const usage = (): Promise<number> => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    expect(await page.evaluate(storedGrids)).toBeGreaterThan(0);
    await device.wire.cut();
    const used = await usage();
    // What is there already fits, and not one byte beyond it.
    const freeDisk = await limitDisk(page, device.origin, used);
    await page.goto(device.origin);
    const mids = await saveAll(page, manyMatters(3, words));
    expect(mids).toHaveLength(3);
    expect(await midsOnDisk(page)).toEqual(mids);
    expect(await page.evaluate(storedGrids)).toBe(0);

    await freeDisk();
    await device.wire.join();
    await page.goto(device.origin);
    await delivered(page);
    expectEachOnce(office.dataDir, mids, words, 3);
    await expect.poll(() => page.evaluate(storedGrids)).toBeGreaterThan(0);
  } finally {
    await device.throwAway();
    await office.close();
  }
});

/** An office of which one grid takes megabytes of a phone: words that do not pack. */
async function fullGrid(deps: Dependencies): Promise<void> {
  await buildOffice(deps, [ADMIN, VOLUNTEER]);
  const actor = await actorOf(deps.db, VOLUNTEER.id);
  for (const [n, draft] of manyMatters(900, '').entries()) {
    const text = Array.from({ length: 20 }, () => randomUUID()).join('');
    const args = { ...(draft.args as object), text };
    await applyMutation(deps, { ...draft, args, actor, mid: `full grid ${n}`, at: deps.now() });
  }
}

/** Grids in the cache on the disk, asked of the database itself. */
async function storedGrids(): Promise<number> {
  const asked = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('cache-'))?.name ?? '';
  const db = await asked(indexedDB.open(name));
  const keys = await asked(db.transaction('spaces').objectStore('spaces').getAllKeys());
  db.close();
  return keys.filter((key) => String(key).startsWith('grid:')).length;
}
