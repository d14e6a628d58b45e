import { expect, test, type Page } from '@playwright/test';
import { Device } from './support/device.ts';
import { Office } from './support/office.ts';
import { delivered } from './support/people-at-work.ts';

/** From an empty data folder to a first visit, without touching a file. */
test.setTimeout(420_000);

const WIDE = { width: 1440, height: 900 };
const PASSWORD = 'zhaoyang-2026';

async function setUp(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('街道或联合党委的名称').fill('望江街道');
  await page.getByLabel('你的名字').fill('陈静');
  await page.getByLabel('登录名').fill('chenjing');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(/\/admin$/);
}

/** Seven houses of three entrances with four, three and three floors, in one go. */
async function addBuildings(page: Page): Promise<void> {
  await page.getByLabel('楼栋名称').fill('1–7幢');
  await page.getByRole('radio', { name: '层数户数不同' }).check({ force: true });
  for (const [entrance, floors] of [4, 3, 3].entries()) {
    const field = page.getByRole('group', { name: `${entrance + 1}单元` }).getByRole('textbox', { name: '几层' });
    await field.fill(String(floors));
    await field.blur();
  }
  await page.getByRole('button', { name: '加这 7 幢楼' }).click();
  await expect(page.getByRole('link', { name: '7幢' })).toContainText('3 个单元 · 20 户');
}

async function removeDoor(page: Page, door: string): Promise<void> {
  await page.getByRole('button', { name: door }).click();
  await page.getByRole('button', { name: '删掉这一户' }).click();
  await page
    .getByRole('dialog', { name: /删掉.+？/ })
    .getByRole('button', { name: '删掉这一户' })
    .click();
}

test('an empty office comes to its first visit', async () => {
  const office = await Office.open();
  const desk = await Device.buy(() => office.port, WIDE);
  const phone = await Device.buy(() => office.port);
  try {
    const admin = await desk.switchOn();
    const link = /\/setup#\S+/.exec(office.output)?.[0] ?? '';
    await test.step('the link on the console makes the office and its admin, once', async () => {
      await setUp(admin, `${desk.origin}${link}`);
    });

    await test.step('the page leads from the community to the estate to the buildings', async () => {
      await admin.getByRole('button', { name: '建第一个社区' }).click();
      await admin.getByLabel('名称').fill('清泰门社区');
      await admin.getByRole('button', { name: '建好这个社区' }).click();
      await admin.getByRole('button', { name: '加第一个小区' }).click();
      await admin.getByLabel('小区名称').fill('莫邪塘北村');
      await admin.keyboard.press('Enter');
      await admin.getByRole('link', { name: '莫邪塘北村' }).click();
      await admin.getByRole('link', { name: '加楼栋' }).click();
      await addBuildings(admin);
    });

    await test.step('where a house differs it is put right in its chart', async () => {
      await admin.getByRole('link', { name: '3幢' }).click();
      await removeDoor(admin, '3单元 102');
      await expect(admin.getByRole('button', { name: '3单元 102' })).toHaveCount(0);
      await admin.getByRole('button', { name: '加一层' }).first().click();
      await expect(admin.getByLabel('这一层的门牌')).toHaveValue('501、502');
      await admin.getByRole('dialog').getByRole('button', { name: '加一层' }).click();
      await expect(admin.getByRole('button', { name: '1单元 501' })).toBeVisible();
      await delivered(admin);
    });

    const invitation = await test.step('a volunteer is invited', async () => {
      await admin.goto(`${desk.origin}/admin`);
      await expect(admin.getByRole('button', { name: '邀请协调员' })).toBeVisible();
      await admin.getByRole('link', { name: '清泰门社区' }).click();
      await admin.getByRole('link', { name: '邀请成员' }).click();
      await admin.getByLabel('怎么称呼').fill('王芳');
      await admin.getByRole('checkbox', { name: '走访第一网格' }).check({ force: true });
      await admin.getByRole('button', { name: '生成邀请' }).click();
      const shown = await admin.getByText(/\/join#/).innerText();
      return new URL(shown).hash;
    });

    const volunteer = await phone.switchOn();
    await test.step('the volunteer accepts on a phone and finds the houses there', async () => {
      await volunteer.goto(`${phone.origin}/join${invitation}`);
      await volunteer.getByLabel('登录名').fill('wangfang');
      await volunteer.getByLabel('密码', { exact: true }).fill(PASSWORD);
      await volunteer.locator('form button[type=submit]').click();
      await expect(volunteer).not.toHaveURL(/join/);
      await volunteer.goto(`${phone.origin}/door`);
      await volunteer.getByRole('link', { name: '3幢' }).first().click();
    });

    await test.step('and makes the first visit', async () => {
      await volunteer.getByRole('link', { name: /^102/ }).first().click();
      await volunteer.getByRole('button', { name: '见到' }).click();
      await delivered(volunteer);
    });

    await test.step('a door that was visited stays, and the admin reads why', async () => {
      await admin.goto(`${desk.origin}/admin`);
      await admin.getByRole('link', { name: '清泰门社区' }).click();
      await admin.getByRole('link', { name: '莫邪塘北村' }).click();
      await admin.getByRole('link', { name: '3幢' }).click();
      await removeDoor(admin, '1单元 102');
      await expect(admin.getByRole('alert').filter({ hasText: '1单元 102没有删掉' })).toContainText('登记着走访');
      await expect(admin.getByRole('button', { name: '1单元 102' })).toBeVisible();
    });
  } finally {
    await desk.throwAway();
    await phone.throwAway();
    await office.close();
  }
});
