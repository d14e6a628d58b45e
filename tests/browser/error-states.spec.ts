import { expect, type Locator, type Page } from '@playwright/test';
import type { Card } from '../../src/domain/card/card.ts';
import type { ClaimView } from '../../src/domain/claim/claim-view.ts';
import type { TicketState } from '../../src/domain/ticket/ticket.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, CLAIMER, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { faultsOf, TWO_MODES } from './support/axe.ts';
import { comeIn, DESK, PHONE } from './support/come-in.ts';
import { goTo, settled } from './support/go-to.ts';
import { deskPath, doorPath, mattersOf } from './support/matters.ts';
import { Office } from './support/office.ts';
import { test } from './support/offices.ts';
import { storedRecords } from './support/stored.ts';

/** Forms that were sent too early and sheets that lie open: axe finds nothing there either. */
test.setTimeout(300_000);

const community = demoCommunity('清泰门社区');
const building = community.estates[0]!.buildings[1]!;
const room = building.entrances[0]!.floors[0]!.rooms[0]!;

/** Gathers what axe finds in state after state. */
class Inspection {
  readonly findings: string[] = [];
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog');
  }

  press(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    return within
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
  }

  /** The page as it is now. */
  async look(state: string): Promise<void> {
    for (const fault of await faultsOf(this.page, TWO_MODES)) this.findings.push(`${state} ${fault}`);
  }

  /** The open sheet: what lies behind it was looked at before and is out of reach. */
  async lookAtSheet(state: string): Promise<void> {
    await expect(this.sheet).toBeVisible();
    for (const fault of await faultsOf(this.page, TWO_MODES, '[role=dialog]')) this.findings.push(`${state} ${fault}`);
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toBeHidden();
  }

  /** The sheet as it opens, then saved with nothing in it: what it says is checked by `complaint`. */
  async sendEmpty(state: string, save: string, complaint: string): Promise<void> {
    await this.lookAtSheet(state);
    await this.press(save, this.sheet);
    await expect(this.sheet.getByText(complaint).first()).toBeVisible();
    await this.lookAtSheet(`${state}, sent empty,`);
    await this.close();
  }

  async end(): Promise<void> {
    expect(this.findings).toEqual([]);
    await this.page.context().close();
  }
}

test('of those who come in', async ({ browser, filled }) => {
  const fresh = await Office.open();
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const at = new Inspection(page);
  await page.goto(`${filled.origin}/signin`);
  await settled(page);
  await at.press('登录');
  await expect(page.getByText('请填登录名')).toBeVisible();
  await at.look('sign-in, sent empty,');
  await page.getByLabel('登录名').fill(COORDINATOR.signInName);
  await page.getByLabel('密码', { exact: true }).fill('not the password');
  await at.press('登录');
  await expect(page.getByLabel('密码', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await at.look('sign-in with a wrong password');

  await page.goto(`${fresh.origin}/setup#${/\/setup#(\S+)/.exec(fresh.output)?.[1]}`);
  await settled(page);
  await at.press('开通');
  await expect(page.getByText('这里要填一下').first()).toBeVisible();
  await at.look('setup, sent empty,');
  await fresh.close();
  await at.end();
});

test('of an invitation, from the one who invites and the one who is invited', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const at = new Inspection(page);
  await goTo(page, '/desk/members');
  await at.press('邀请成员');
  await at.sendEmpty('invite', '生成邀请', '请写上名字。');
  await at.press('邀请成员');
  await at.sheet.getByLabel('怎么称呼').fill('钱一鸣');
  await at.sheet.getByRole('switch', { name: '认领心愿' }).click();
  await at.press('生成邀请', at.sheet);
  const link = at.sheet.getByText(/\/join#/);
  await expect(link).toBeVisible();
  await at.lookAtSheet('the link');
  const hash = new URL(await link.innerText()).hash;
  await at.close();
  await page.getByRole('button', { name: new RegExp(VOLUNTEER.name) }).click();
  await at.lookAtSheet('a member');
  await at.end();

  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', reducedMotion: 'reduce' });
  const phone = await context.newPage();
  const joining = new Inspection(phone);
  await phone.goto(`${filled.origin}/join${hash}`);
  await expect(phone.getByLabel('登录名')).toBeVisible();
  await joining.look('join');
  await joining.press('设好了，进去');
  await expect(phone.getByLabel('登录名')).toHaveAttribute('aria-invalid', 'true');
  await joining.look('join, sent empty,');
  await joining.end();
});

test('of the work at the door', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, VOLUNTEER.signInName);
  const at = new Inspection(page);
  const choose = async (item: string): Promise<void> => {
    await goTo(page, '/door');
    await goTo(page, `/log?room=${room.id}&building=${building.id}`);
    await page.getByRole('searchbox', { name: '找事项' }).fill(item);
    await page.getByRole('button', { name: item }).first().click();
    // What was searched for stands there already.
    await page.getByLabel('居民怎么说的').fill('');
  };
  await choose('信报箱损坏');
  await at.press('居民口头同意，保存');
  await expect(page.getByText('请写一两句居民怎么说的。')).toBeVisible();
  await at.look('a problem, sent empty,');
  await at.press('填电话');
  await page.getByLabel('电话', { exact: true }).fill('12');
  await at.press('居民口头同意，保存');
  await expect(page.getByText('这个号码不像电话。请核对，或者清空不填。')).toBeVisible();
  await at.look('a problem with a number that is none');
  await at.press('读告知书');
  await at.lookAtSheet('the notice');
  await at.close();
  await page.getByRole('radio', { name: '签了字' }).check({ force: true });
  await at.lookAtSheet('the signature');
  await at.close();
  await at.press('保存');
  await expect(page.getByText('还没有签字。请居民签上，或改为口头同意。')).toBeVisible();
  await at.look('a problem without its signature');

  await goTo(page, `/door/${building.id}`);
  await at.press('表上缺一户？补上');
  await at.sendEmpty('a missing door', '补上', '请写上门牌。');

  const matter = mattersOf(filled, 'logged', '清泰门社区').find(({ data }) => data.loggedByName === VOLUNTEER.name)!;
  await goTo(page, doorPath(matter));
  await at.press('撤回');
  await at.sendEmpty('withdraw', '撤回', '请写一句为什么撤回。');
  await at.press('改内容');
  await page.getByLabel('居民怎么说的').fill('');
  await at.press('保存修改');
  await expect(page.getByText('请写一两句居民怎么说的。')).toBeVisible();
  await at.look('an amendment, sent empty,');
  await at.end();
});

/** Each step of the desk: a state that offers it, its save button, and what it says when nothing was written. */
const STEPS: readonly [state: TicketState, step: string, save: string, complaint: string | null][] = [
  ['logged', '受理', '确定受理', null],
  ['logged', '退回补充', '退回补充', '请写明原因。'],
  ['logged', '不予受理', '不予受理', '请写明原因。'],
  ['logged', '并入另一件', '并入选中的一件', '请先选中一件。'],
  ['accepted', '派单', '确定派单', null],
  ['dispatched', '开始办理', '开始办理', null],
  ['inProgress', '记进展', '保存进展', '请先写几句，再保存。'],
  ['inProgress', '报告结果', '报告结果', '请写几句结果，没有结果不能报告。'],
  ['inProgress', '挂账', '确定挂账', '请写明原因。'],
  ['suspended', '恢复办理', '恢复办理', null],
  ['closed', '重新办理', '重新办理', '请写明原因。'],
];

test('of the work at the desk', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const at = new Inspection(page);
  for (const [state, step, save, complaint] of STEPS) {
    const matter = mattersOf(filled, state, '清泰门社区', '凤凰社区', '新工社区', '婺江社区', '徐家埠社区')[0]!;
    await goTo(page, deskPath(matter));
    await at.press(step);
    if (complaint !== null) await at.sendEmpty(step, save, complaint);
    else {
      await at.lookAtSheet(step);
      await at.close();
    }
  }
  await at.press('查看联系方式');
  await page.getByRole('radio', { name: '别的原因' }).check({ force: true });
  await at.sendEmpty('a contact', '查看', '请用几个字写明原因。');
  await page.setViewportSize(PHONE);
  await goTo(page, '/desk/tickets');
  await at.press(/^筛选/);
  await at.lookAtSheet('the filter of the ledger');
  await at.end();
});

test('of the admin', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, ADMIN.signInName, DESK);
  const at = new Inspection(page);
  const here = `/admin/communities/${community.id}`;
  const estate = `${here}/estates/${community.estates[0]!.id}`;
  await goTo(page, '/admin');
  await at.press('加社区');
  await at.sendEmpty('a community', '建好这个社区', '请写上名称。');
  await goTo(page, here);
  await at.press('修改');
  await at.lookAtSheet('a community’s facts');
  await at.close();
  await at.press('加网格');
  await at.sendEmpty('a grid', '加网格', '请写上名称。');
  await goTo(page, `${estate}/new`);
  await at.press(/^加这/);
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
  await at.look('new buildings, sent empty,');
  await goTo(page, `${here}/buildings/${building.id}`);
  await page.getByRole('button', { name: `1单元 ${room.label}` }).click();
  await at.lookAtSheet('a door of the chart');
  await at.close();
  await at.press(/加一层/);
  await at.lookAtSheet('one more floor');
  await at.end();
});

test('of a claim', async ({ browser, filled }) => {
  const card = storedRecords<Card>(filled.dataDir, 'card').find(({ data }) => data.state === 'open')!;
  const claim = storedRecords<ClaimView>(filled.dataDir, 'claimView').find(
    ({ space, data }) => space.endsWith(CLAIMER.id) && data.state === 'active',
  )!;
  const page = await comeIn(browser, filled.origin, CLAIMER.signInName);
  const at = new Inspection(page);
  await goTo(page, '/wall');
  await at.press(/^筛选/);
  await at.lookAtSheet('the filter of the wall');
  await at.close();
  await goTo(page, `/wall/${card.data.communityId}/${card.id}`);
  await at.press('我来认领');
  await at.lookAtSheet('claim');
  await at.close();
  await goTo(page, `/claims/${claim.id}`);
  await at.press('记进展');
  await at.sendEmpty('progress', '保存进展', '请先写几句，再保存。');
  await at.press('放弃认领');
  await at.sendEmpty('release', '确定放弃', '请先写几句，再保存。');
  await at.press('已实现');
  await at.sendEmpty('fulfil', '报告结果', '请');
  await at.end();
});

test('of a program that does not come', async ({ browser, filled }) => {
  const page = await browser.newPage({ viewport: PHONE, serviceWorkers: 'block' });
  await page.route('**/assets/app-*.js', (route) => route.abort());
  await page.goto(filled.origin);
  const title = page.getByRole('heading', { name: '正在打开家门口…' });
  const advice = page.getByText('再打开一次，记下的不会丢');
  await expect(title).toHaveCSS('opacity', '0');
  await expect(title).toHaveCSS('opacity', '1');
  await expect(advice).toHaveCSS('opacity', '0');
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await expect(advice).toHaveCSS('opacity', '1');
  const at = new Inspection(page);
  await at.look('a page without its program');
  await at.end();
});
