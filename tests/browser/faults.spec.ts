import { randomInt } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { expectEachOnce, notOnce } from './support/balance.ts';
import { FalseServer } from './support/false-server.ts';
import { test } from './support/faulty-phone.ts';
import { delivered, logMatter, type Matter } from './support/people-at-work.ts';
import { findNetwork, manyMatters, saveAll, waitingCount, writtenDown } from './support/running-app.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';

/** Whatever breaks in the midst of it: each matter that said 已存本机 is at the server, once, in the end. */
test.setTimeout(180_000);

const building = demoCommunity('清泰门社区').estates[0]!.buildings[1]!;

const atDoor = (n: number, text: string): Matter => ({
  door: { buildingId: building.id, roomId: building.entrances[n]!.floors[0]!.rooms[0]!.id },
  search: '楼道脏',
  item: '楼道保洁',
  kind: '问题',
  text,
});

const midsOf = async (page: Page): Promise<string[]> => (await writtenDown(page)).map(({ mid }) => mid);

/** Resolves a moment after a request with mutations has left the page. */
async function inTheMidst(page: Page, go: () => Promise<unknown>, atMostMs: number): Promise<void> {
  const left = page.waitForRequest((request) => request.url().endsWith('/api/sync'));
  await go();
  await left;
  await new Promise((resolve) => setTimeout(resolve, randomInt(atMostMs)));
}

test('the server is killed again and again while a queue of sixty drains', async ({ office, phone }) => {
  const { page, device } = phone;
  await device.wire.cut();
  await logMatter(page, device.origin, atDoor(0, '服务器断电 0'));
  const mids = await saveAll(page, manyMatters(60, '服务器断电'));
  await device.wire.join();
  for (let kills = 0; kills < 5; kills += 1) {
    await inTheMidst(page, () => findNetwork(page), 60);
    await office.kill();
    mids.push(...(await saveAll(page, manyMatters(8, `服务器断电又一次 ${kills}`))));
    await office.start();
  }
  await findNetwork(page);
  await delivered(page);
  expectEachOnce(office.dataDir, await midsOf(page), '服务器断电', 61 + 5 * 8);
  expect(notOnce(office.dataDir, mids)).toEqual({});
});

test('the browser is killed in the midst of a batch, and again', async ({ office, phone }) => {
  const { device } = phone;
  let page = await device.restart();
  await page.goto(device.origin);
  await device.wire.cut();
  await logMatter(page, device.origin, atDoor(1, '手机没电 0'));
  await saveAll(page, manyMatters(60, '手机没电'));
  const mids = await midsOf(page);
  await device.wire.join();
  for (let kills = 0; kills < 2; kills += 1) {
    await inTheMidst(page, () => page.goto(device.origin, { waitUntil: 'commit' }), 40);
    await device.kill();
    page = await device.switchOn();
  }
  await page.goto(device.origin);
  await delivered(page);
  expectEachOnce(office.dataDir, mids, '手机没电', 61);
});

test('a captive portal answers everything: nothing is taken for an answer, and all goes when it is gone', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const portal = await FalseServer.portal();
  await phone.lead(portal);
  await logMatter(page, device.origin, atDoor(2, '要登录的无线网 0'));
  await saveAll(page, manyMatters(10, '要登录的无线网'));
  const mids = await midsOf(page);
  const asked = (): number => portal.asked.filter((one) => one === 'POST /api/sync').length;
  for (const enough of [2, 4]) {
    await expect
      .poll(async () => {
        await findNetwork(page);
        return asked();
      })
      .toBeGreaterThanOrEqual(enough);
  }
  expect(await waitingCount(page)).toBe(mids.length);
  await page.goto(`${device.origin}/records`);
  await expect(page.getByText('已存本机').first()).toBeVisible();
  await expect(page.getByText('已送达')).toHaveCount(0);
  await phone.lead(null);
  await portal.close();
  await findNetwork(page);
  await delivered(page);
  expectEachOnce(office.dataDir, mids, '要登录的无线网', 11);
});

for (const count of [2, 5]) {
  test(`${count} tabs of one phone save at the same time`, async ({ office, phone }) => {
    const words = `${count} 个窗口`;
    const tabs = [phone.page];
    while (tabs.length < count) tabs.push(await phone.device.openTab());
    await Promise.all(tabs.slice(1).map((tab) => tab.goto(phone.device.origin)));
    const drafts = (n: number) => manyMatters(8, `${words} ${n}`);
    const saved = await Promise.all(tabs.map((tab, n) => saveAll(tab, drafts(n))));
    await Promise.all(tabs.map(delivered));
    expectEachOnce(office.dataDir, saved.flat(), words, 8 * count);
    // What one tab has seen delivered, all have: none has a queue of its own.
    for (const tab of tabs) expect(await waitingCount(tab)).toBe(0);
  });
}

test('a tab that is frozen in the midst of a pass is passed over by another', async ({ office, phone }) => {
  const { page, device } = phone;
  const silence = await FalseServer.silence();
  await phone.lead(silence);
  const mids = await saveAll(page, manyMatters(5, '冻住的窗口'));
  await findNetwork(page);
  await expect.poll(() => silence.asked).toContain('POST /api/sync');
  const thaw = await freeze(page);
  await phone.lead(null);
  await silence.close();
  const other = await device.openTab();
  // Nothing of ours runs on this page: who holds the lock is the frozen tab, and the others can only take it away.
  await other.goto(`${device.origin}/healthz`);
  expect(await locksOfPasses(other)).toHaveLength(1);
  // Patience is counted on this clock: here it runs so fast that nobody has to wait for it.
  await other.addInitScript(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() * 20;
  });
  await other.goto(device.origin);
  mids.push(...(await saveAll(other, manyMatters(3, '冻住的窗口旁'))));
  await delivered(other);
  expectEachOnce(office.dataDir, mids, '冻住的窗口', 8);
  await thaw();
  await delivered(page);
  expectEachOnce(office.dataDir, mids, '冻住的窗口', 8);
});

/** The locks under which passes run now in any tab, without the signs of life beside them. */
const locksOfPasses = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.flatMap(({ name = '' }) => (/^sync-[^|]+$/.test(name) ? [name] : []));
  });

/** No timer, no answer, no step of its program; all that it holds it goes on holding. */
async function freeze(page: Page): Promise<() => Promise<unknown>> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Debugger.enable');
  const paused = new Promise((resolve) => tools.once('Debugger.paused', resolve));
  await tools.send('Debugger.pause');
  // It stops at the next step, whatever that is.
  void tools.send('Runtime.evaluate', { expression: '0' }).catch(() => undefined);
  await paused;
  return () => tools.send('Debugger.disable');
}
