import { expect, type Page } from '@playwright/test';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { notOnce } from '../browser/support/balance.ts';
import { FalseServer } from '../browser/support/false-server.ts';
import { takeOut, type FaultyPhone } from '../browser/support/faulty-phone.ts';
import { delivered } from '../browser/support/people-at-work.ts';
import { findNetwork, manyMatters, midsOnDisk, saveAll, thoughtsOf } from '../browser/support/running-app.ts';
import { storedRecords } from '../browser/support/stored.ts';
import type { SoakWorld } from './soak-walk.ts';
import { noWorkerIsInstalling } from './take-update.ts';

const WORDS = '随机故障';

/** A phone whose tabs come and go, and the account of what it has said 已存本机 to. */
export class RandomPhone {
  readonly mids: string[] = [];
  tabs: Page[];
  private readonly phone: FaultyPhone;
  private readonly portal: FalseServer;
  private readonly world: SoakWorld;
  private saves = 0;

  private constructor(world: SoakWorld, phone: FaultyPhone, portal: FalseServer, page: Page) {
    this.world = world;
    this.phone = phone;
    this.portal = portal;
    this.tabs = [page];
  }

  static async open(world: SoakWorld): Promise<RandomPhone> {
    const phone = await takeOut(world.office);
    // A cookie that is half a minute old, or was closed with, outlives a kill.
    const page = await phone.device.restart();
    await page.goto(phone.device.origin);
    return new RandomPhone(world, phone, await FalseServer.portal(), page);
  }

  get wire(): FaultyPhone['device']['wire'] {
    return this.phone.device.wire;
  }

  get anyTab(): Page {
    return this.world.prng.pick(this.tabs)!;
  }

  async save(count: number): Promise<void> {
    this.saves += 1;
    this.mids.push(...(await saveAll(this.anyTab, manyMatters(count, `${WORDS} ${this.saves}`))));
  }

  async openTab(): Promise<void> {
    const tab = await this.phone.device.openTab();
    await tab.goto(this.phone.device.origin);
    this.tabs.push(tab);
  }

  async closeTab(): Promise<void> {
    if (this.tabs.length > 1) await this.tabs.splice(this.world.prng.int(this.tabs.length), 1)[0]!.close();
  }

  /** The battery falls out; what was being saved may be there or not, but not half and not twice. */
  async kill(): Promise<void> {
    this.saves += 1;
    const cutOff = saveAll(this.anyTab, manyMatters(20, `${WORDS} ${this.saves}`)).catch(() => []);
    await new Promise((resolve) => setTimeout(resolve, this.world.prng.int(300)));
    await this.phone.device.kill();
    this.mids.push(...(await cutOff));
    const page = await this.phone.device.switchOn();
    await page.goto(this.phone.device.origin);
    this.tabs = [page];
  }

  /** Not while the earlier page's worker puts its program by: that one takes the portal's pages for it, and opens blank. */
  async enterPortal(): Promise<void> {
    const { office, programs } = this.world;
    if (programs.isEarlier && office.folder === programs.older) await noWorkerIsInstalling(this.anyTab);
    await this.phone.lead(this.portal);
  }

  /** What has said 已存本机 lies on the phone's disk: nothing takes it away, arrived or not. */
  async expectAllOnDisk(): Promise<void> {
    const there = new Set(await midsOnDisk(this.anyTab));
    const missing = this.mids.filter((mid) => !there.has(mid));
    // None is there where the browser has emptied the profile by itself.
    expect(missing, `of ${this.mids.length} saved; ${there.size} are on the disk`).toEqual([]);
  }

  /** Everything is well again, and everything arrives. */
  async balance(): Promise<void> {
    const { office } = this.world;
    this.wire.cutAfter(Infinity);
    await this.phone.lead(null);
    for (const tab of this.tabs) await findNetwork(tab);
    for (const tab of this.tabs) await delivered(tab);
    const wrong = notOnce(office.dataDir, this.mids);
    expect(await this.thoughtsOf(Object.keys(wrong))).toEqual([]);
    const texts = storedRecords<Ticket>(office.dataDir, 'ticket').map(({ data }) => data.text);
    expect(texts.length).toBeGreaterThanOrEqual(this.mids.length);
    expect(new Set(texts).size).toBe(texts.length);
  }

  private async thoughtsOf(mids: readonly string[]): Promise<string[]> {
    if (mids.length === 0) return [];
    const onDisk = new Set(await midsOnDisk(this.anyTab));
    const thoughts: string[] = [`${mids.filter((mid) => onDisk.has(mid)).length} of ${mids.length} are on the disk`];
    for (const tab of this.tabs) thoughts.push(...(await thoughtsOf(tab, mids)));
    return thoughts;
  }

  async throwAway(): Promise<void> {
    await this.phone.device.throwAway();
    await this.portal.close();
  }
}
