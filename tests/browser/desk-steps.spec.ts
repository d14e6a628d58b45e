import { expect, type Browser, type Page } from '@playwright/test';
import { COORDINATOR, SECOND_COORDINATOR, THIRD_VOLUNTEER } from '../support/demo/people.ts';
import { comeIn, DESK } from './support/come-in.ts';
import { goTo } from './support/go-to.ts';
import { codeOfSlip, deskPath, doorPath, mattersOf, ticketNow, type StoredMatter } from './support/matters.ts';
import type { Office } from './support/office.ts';
import { test } from './support/offices.ts';
import { delivered } from './support/people-at-work.ts';

/** What a coordinator does to a matter besides accepting it, and what the others then read. */
test.setTimeout(240_000);

/** Opens the step's sheet on the matter's page. */
async function begin(page: Page, matter: StoredMatter, step: string): Promise<ReturnType<Page['getByRole']>> {
  await goTo(page, deskPath(matter));
  await page.getByRole('button', { name: step, exact: true }).click();
  return page.getByRole('dialog');
}

async function finish(page: Page, save: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: save, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await delivered(page);
}

/** The page behind the slip's code, on a phone of the resident's own. */
async function residentReads(browser: Browser, office: Office, matter: StoredMatter, texts: string[]): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${office.origin}/r/${codeOfSlip(office, matter)}`);
  for (const text of texts) await expect(page.getByText(text).first()).toBeVisible();
  await context.close();
}

test('what was logged twice is merged, and the slip of either leads to the one that goes on', async ({
  browser,
  filled,
}) => {
  const all = mattersOf(filled, 'logged', '徐家埠社区', '新工社区', '婺江社区');
  const double = all.find((one) => all.some(({ id, gridId }) => id !== one.id && gridId === one.gridId))!;
  const into = all.find(({ id, gridId }) => id !== double.id && gridId === double.gridId)!;
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const sheet = await begin(page, double, '并入另一件');
  await sheet.getByRole('searchbox').fill(into.data.text);
  await sheet.getByRole('radio', { name: into.data.text }).check({ force: true });
  await finish(page, '并入选中的一件');
  await expect.poll(() => ticketNow(filled, double.id)?.state).toBe('merged');
  expect(ticketNow(filled, into.id)?.state).toBe('logged');
  await page
    .getByRole('link', { name: '去看那一件' })
    .or(page.getByRole('button', { name: '去看那一件' }))
    .click();
  await expect(page).toHaveURL(new RegExp(into.id));
  await expect(page.getByText(into.data.text).first()).toBeVisible();
  await residentReads(browser, filled, double, ['和另一件同样的事一起办']);
  await page.context().close();
});

test('a matter that has to wait is suspended with a reason and a day, and taken up again', async ({
  browser,
  filled,
}) => {
  const matter = mattersOf(filled, 'inProgress', '凤凰社区', '新工社区')[0]!;
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const sheet = await begin(page, matter, '挂账');
  await sheet.getByLabel('为什么暂时办不了').fill('要等明年的维修资金。');
  await expect(sheet.getByLabel('哪天复查')).not.toHaveValue('');
  await finish(page, '确定挂账');
  await expect.poll(() => ticketNow(filled, matter.id)?.state).toBe('suspended');
  await residentReads(browser, filled, matter, ['暂时办不了，先记着', '要等明年的维修资金。']);
  await begin(page, matter, '恢复办理');
  await finish(page, '恢复办理');
  await expect.poll(() => ticketNow(filled, matter.id)?.state).toBe('inProgress');
  await residentReads(browser, filled, matter, ['正在办理']);
  await page.context().close();
});

test('a result is followed up by another coordinator than the one who handled it', async ({ browser, filled }) => {
  const matter = mattersOf(filled, 'resolved', '清泰门社区')[0]!;
  const own = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  await goTo(own, deskPath(matter));
  await expect(own.getByText('这件事是你经手的，请别的同事来回访。')).toBeVisible();
  await expect(own.getByRole('button', { name: '回访', exact: true })).toHaveCount(0);
  await own.context().close();
  const page = await comeIn(browser, filled.origin, SECOND_COORDINATOR.signInName, DESK);
  const sheet = await begin(page, matter, '回访');
  await sheet.getByRole('radio', { name: '满意', exact: true }).check({ force: true });
  await finish(page, '保存回访');
  await expect.poll(() => ticketNow(filled, matter.id)).toMatchObject({ state: 'closed', satisfaction: 'satisfied' });
  await residentReads(browser, filled, matter, ['已办结']);
  await page.context().close();
});

test('a matter that is declined tells the resident why and whom to ask', async ({ browser, filled }) => {
  const matter = mattersOf(filled, 'logged', '凤凰社区', '婺江社区', '徐家埠社区')[0]!;
  const reason = '这件事归区房管局，请打 0571-5550 0199。';
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const sheet = await begin(page, matter, '不予受理');
  await sheet.getByRole('button', { name: '不予受理' }).click();
  await expect(sheet.getByText('请写明原因。')).toBeVisible();
  await sheet.getByLabel('为什么不受理，可以找谁').fill(reason);
  await finish(page, '不予受理');
  await expect.poll(() => ticketNow(filled, matter.id)?.state).toBe('declined');
  await residentReads(browser, filled, matter, ['没有受理', reason]);
  await page.context().close();
});

test('a matter that comes back is completed by its volunteer and goes out again', async ({ browser, filled }) => {
  const matter = mattersOf(filled, 'logged', '新工社区', '徐家埠社区')[0]!;
  const desk = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const sheet = await begin(desk, matter, '退回补充');
  await sheet.getByLabel('要补充什么').fill('请写清是几单元几楼。');
  await finish(desk, '退回补充');
  await expect.poll(() => ticketNow(filled, matter.id)?.state).toBe('returned');

  const phone = await comeIn(browser, filled.origin, THIRD_VOLUNTEER.signInName);
  await goTo(phone, '/notices');
  await expect(phone.getByText('请写清是几单元几楼。').first()).toBeVisible();
  await goTo(phone, doorPath(matter));
  await expect(phone.getByText('社区退回来，请你补充')).toBeVisible();
  await expect(phone.getByText('请写清是几单元几楼。').first()).toBeVisible();
  const fuller = `${matter.data.text}在二单元三楼。`;
  await phone.getByLabel('居民怎么说的').fill(fuller);
  await phone.getByRole('button', { name: '补好了，重新提交' }).click();
  await expect(phone.getByText('社区退回来，请你补充')).toBeHidden();
  await expect.poll(() => ticketNow(filled, matter.id)).toMatchObject({ state: 'logged', text: fuller });
  await expect(desk.getByText(fuller).first()).toBeVisible();
  await desk.getByRole('button', { name: '受理', exact: true }).waitFor();
  await phone.context().close();
  await desk.context().close();
});
