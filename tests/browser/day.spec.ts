import { expect, test, type Browser, type Page } from '@playwright/test';
import type { Card } from '../../src/domain/card/card.ts';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, CLAIMER, COORDINATOR, SECOND_CLAIMER, VOLUNTEER } from '../support/demo/people.ts';
import { Device } from './support/device.ts';
import { fillOffice } from './support/fill-office.ts';
import { Office } from './support/office.ts';
import {
  delivered,
  logMatter,
  readyForOffline,
  signIn,
  type HandedSlip,
  type Matter,
} from './support/people-at-work.ts';
import { storedRecords } from './support/stored.ts';

/** The day of the newspaper report, in 清泰门社区, with the network really cut. */
test.setTimeout(600_000);

const community = demoCommunity('清泰门社区');
const estate = community.estates[0]!;

const door = (building: number, entrance: number, floor: number): Matter['door'] => {
  const one = estate.buildings[building]!;
  return { buildingId: one.id, roomId: one.entrances[entrance]!.floors[floor]!.rooms[0]!.id };
};

const MORNING: readonly Matter[] = [
  { door: door(0, 0, 0), search: '信报箱', item: '信报箱损坏', kind: '问题', text: '信报箱门掉了，报纸被雨淋湿。' },
  { door: door(0, 0, 1), search: '楼道脏', item: '楼道保洁', kind: '问题', text: '楼道脏乱，好久没人扫。' },
  { door: door(0, 1, 0), search: 'tcl', item: '乱停乱放', kind: '问题', text: '晚上车乱停，轮椅进不来。' },
  { door: door(0, 1, 1), search: '公房过户', item: '公房承租人', kind: '问题', text: '公房想过户给女儿。' },
  { door: door(0, 2, 0), search: '补纱窗', item: '纱窗', kind: '微心愿', text: '两扇纱窗破了，自己够不着。' },
];

const AFTERNOON: readonly Matter[] = [
  {
    door: door(1, 0, 0),
    search: '户口',
    item: '户口迁入',
    kind: '问题',
    text: '房子买了多年，户口没迁来。',
    sensitive: true,
  },
  { door: door(1, 0, 1), search: '灭火器', item: '灭火器', kind: '问题', text: '老房子，一个灭火器也没有。' },
  { door: door(1, 1, 0), search: '木门', item: '木门', kind: '微心愿', text: '木门变形关不严，想改装。' },
  { door: door(1, 1, 1), search: '隔音窗', item: '隔音窗', kind: '微心愿', text: '高架太吵，想装隔音窗。' },
  { door: door(1, 2, 0), search: '隔离栏', item: '隔离栏', kind: '微心愿', text: '绿化带想装一排小栏杆。' },
];

test('a day in 清泰门社区: nothing written down is lost, and one wish has one claimer', async ({ browser }) => {
  const office = await Office.open(
    fillOffice((deps) => buildOffice(deps, [ADMIN, VOLUNTEER, COORDINATOR, CLAIMER, SECOND_CLAIMER])),
  );
  const buy = (): Promise<Device> => Device.buy(() => office.port);
  const [volunteerPhone, firstPhone, secondPhone] = await Promise.all([buy(), buy(), buy()]);
  const slips = new Map<string, HandedSlip>();

  try {
    let page = await volunteerPhone.switchOn();
    await test.step('the volunteer signs in once, with a network', async () => {
      await signIn(page, volunteerPhone.origin, VOLUNTEER.signInName);
      await delivered(page);
      await readyForOffline(page);
      page = await volunteerPhone.restart();
    });

    await test.step('in the stairwell there is none: half of the matters are written down', async () => {
      await volunteerPhone.wire.cut();
      await office.stop();
      for (const matter of MORNING) slips.set(matter.text, await logMatter(page, volunteerPhone.origin, matter));
    });

    await test.step('the browser is killed and opened again while the server is still down', async () => {
      await volunteerPhone.kill();
      page = await volunteerPhone.switchOn();
      await page.goto(`${volunteerPhone.origin}/records`);
      await expect(page.getByText('已存本机').first()).toBeVisible();
      for (const matter of AFTERNOON) slips.set(matter.text, await logMatter(page, volunteerPhone.origin, matter));
      expect(storedRecords<Ticket>(office.dataDir, 'ticket')).toHaveLength(0);
    });

    await test.step('the network returns and every matter arrives once', async () => {
      await office.start();
      await volunteerPhone.wire.join();
      await page.goto(`${volunteerPhone.origin}/`);
      await delivered(page);
      const texts = storedRecords<Ticket>(office.dataDir, 'ticket').map((ticket) => ticket.data.text);
      expect(texts.sort()).toEqual([...MORNING, ...AFTERNOON].map((matter) => matter.text).sort());
    });

    await test.step('the coordinator accepts all and publishes two wishes', async () => {
      const desk = await newPage(browser, { width: 1440, height: 900 });
      await signIn(desk, office.origin, COORDINATOR.signInName);
      for (const matter of [...MORNING, ...AFTERNOON]) await acceptAtDesk(desk, office, matter);
      for (const text of [MORNING[4]!.text, AFTERNOON[2]!.text]) await publishAtDesk(desk, office, text);
      await expect.poll(() => storedRecords<Card>(office.dataDir, 'card').length).toBe(2);
      await desk.context().close();
    });

    const cards = storedRecords<Card>(office.dataDir, 'card');
    const cardOf = (text: string): string => {
      const ticket = storedRecords<Ticket>(office.dataDir, 'ticket').find((one) => one.data.text === text);
      return cards.find((card) => card.data.ticketId === ticket?.id)!.id;
    };
    const first = await firstPhone.switchOn();
    const second = await secondPhone.switchOn();

    await test.step('two claimers claim the same wish offline, and again in the other order of arrival', async () => {
      for (const [phone, one, member] of [
        [firstPhone, first, CLAIMER],
        [secondPhone, second, SECOND_CLAIMER],
      ] as const) {
        await signIn(one, phone.origin, member.signInName);
        await readyForOffline(one);
        await one.goto(`${phone.origin}/wall`);
        await expect(one.getByText(/等人认领|待认领/).first()).toBeVisible();
        await delivered(one);
      }
      const li = { phone: firstPhone, page: first, name: CLAIMER.name };
      const zhou = { phone: secondPhone, page: second, name: SECOND_CLAIMER.name };
      await claimTogether(cardOf(MORNING[4]!.text), li, zhou);
      await claimTogether(cardOf(AFTERNOON[2]!.text), zhou, li);
    });

    await test.step('the winner sees whom to call, writes down a step and grants the wish', async () => {
      await first.goto(`${firstPhone.origin}/claims`);
      await first.getByRole('main').getByRole('link').filter({ hasText: /纱窗/ }).first().click();
      await expect(first.getByText('莫邪塘北村 1幢 3单元 101').first()).toBeVisible();
      await first.getByRole('button', { name: '记进展' }).click();
      await first.getByLabel('做了什么，接下来怎么办').fill('约好周六上门量尺寸。');
      await first.getByRole('button', { name: '保存进展' }).click();
      await first.getByRole('button', { name: '已实现' }).click();
      const sheet = first.getByRole('dialog');
      await sheet.getByRole('radio', { name: '全部做到了' }).check({ force: true });
      await sheet.getByLabel('写几句结果').fill('两扇纱窗都换好了。');
      await sheet.getByRole('button', { name: '报告结果' }).click();
      const wish = (): Ticket | undefined =>
        storedRecords<Ticket>(office.dataDir, 'ticket').find((one) => one.data.text === MORNING[4]!.text)?.data;
      await expect.poll(() => wish()?.state, { timeout: 60_000 }).toBe('resolved');
    });

    await test.step('the resident, on a phone without scripts, confirms and rates', async () => {
      const slip = slips.get(MORNING[4]!.text)!;
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
      const phone = await context.newPage();
      await phone.goto(`${office.origin}/r`);
      await phone.getByLabel('查询码').fill(slip.code.toLowerCase());
      await phone.getByRole('button', { name: '查一查' }).click();
      await expect(phone.getByText('两扇纱窗都换好了。').first()).toBeVisible();
      await phone.getByText('满意', { exact: true }).first().click();
      await phone.getByLabel('便民条上的四位数字').first().fill(slip.pin);
      await phone.getByRole('button', { name: '确认办好了' }).click();
      await expect(phone.getByText('收到了，谢谢您的确认。')).toBeVisible();
      await expect(phone.getByText('心愿已实现').first()).toBeVisible();
      await context.close();
      const ticket = storedRecords<Ticket>(office.dataDir, 'ticket').find((one) => one.data.text === MORNING[4]!.text);
      expect(ticket?.data).toMatchObject({ state: 'closed', outcome: 'solved', satisfaction: 'satisfied' });
    });

    await test.step('the claimer reads that the resident has confirmed', async () => {
      await first.goto(`${firstPhone.origin}/notices`);
      await expect(first.getByText(/满意/).first()).toBeVisible();
    });
  } finally {
    await Promise.all([volunteerPhone, firstPhone, secondPhone].map((phone) => phone.throwAway()));
    await office.close();
  }
});

async function newPage(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  return context.newPage();
}

const ticketPath = (office: Office, text: string): string => {
  const ticket = storedRecords<Ticket>(office.dataDir, 'ticket').find((one) => one.data.text === text);
  return `${office.origin}/desk/tickets/${ticket!.data.place.gridId}/${ticket!.id}`;
};

async function acceptAtDesk(desk: Page, office: Office, matter: Matter): Promise<void> {
  await desk.goto(ticketPath(office, matter.text));
  await desk.getByRole('button', { name: '受理', exact: true }).click();
  await desk.getByRole('dialog').getByRole('button', { name: '确定受理' }).click();
  await expect(desk.getByRole('dialog')).toBeHidden();
  await delivered(desk);
}

async function publishAtDesk(desk: Page, office: Office, text: string): Promise<void> {
  await desk.goto(ticketPath(office, text));
  await desk.getByRole('button', { name: '发布到心愿墙' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: '确认这段话，发布' }).click();
  await expect(desk.getByRole('dialog')).toBeHidden();
  await delivered(desk);
}

interface Claimer {
  phone: Device;
  page: Page;
  name: string;
}

/** Both claim without a network; `winner` finds it again first. */
async function claimTogether(cardId: string, winner: Claimer, loser: Claimer): Promise<void> {
  for (const { phone, page } of [winner, loser]) {
    await phone.wire.cut();
    await page.goto(`${phone.origin}/wall/${community.id}/${cardId}`);
    await page.getByRole('button', { name: '我来认领' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定认领' }).click();
    await expect(page.getByText('已提交，等待确认').first()).toBeVisible();
    await expect(page.getByText('这个心愿由你认领')).toHaveCount(0);
  }
  await winner.phone.wire.join();
  await winner.page.reload();
  await expect(winner.page.getByText('这个心愿由你认领')).toBeVisible({ timeout: 60_000 });
  await loser.phone.wire.join();
  await loser.page.reload();
  await expect(loser.page.getByText(`${winner.name}先认领了`)).toBeVisible({ timeout: 60_000 });
  await loser.page.goto(`${loser.phone.origin}/notices`);
  await expect(loser.page.getByText(new RegExp(winner.name)).first()).toBeVisible();
}
