import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS } from '../../../scripts/chromium-flags.ts';
import { findChromium } from '../../../scripts/find-chromium.ts';
import { CutProxy } from './cut-proxy.ts';

/** One phone: a browser profile of its own on the disk, and a wire of its own to the server. */
export class Device {
  readonly wire: CutProxy;
  private readonly profile = mkdtempSync(join(tmpdir(), 'doorstep-phone-'));
  private context: BrowserContext | undefined;
  private readonly viewport: { width: number; height: number };

  private constructor(wire: CutProxy, viewport: { width: number; height: number }) {
    this.wire = wire;
    this.viewport = viewport;
  }

  static async buy(serverPort: () => number, viewport = { width: 390, height: 844 }): Promise<Device> {
    return new Device(await CutProxy.open(serverPort), viewport);
  }

  get origin(): string {
    return this.wire.origin;
  }

  /** Starts the browser on the profile and gives its page. */
  async switchOn(): Promise<Page> {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: findChromium(),
      args: CHROMIUM_FLAGS,
      viewport: this.viewport,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    return this.context.pages()[0] ?? (await this.context.newPage());
  }

  /** Another tab beside those that are open. */
  async openTab(): Promise<Page> {
    if (this.context === undefined) throw new Error('The phone is switched off.');
    return this.context.newPage();
  }

  /**
   * Closed and started again as a person does it. Chromium puts a new cookie on the disk when it is closed, or half a
   * minute after it came: one killed before that asks to sign in again.
   */
  async restart(): Promise<Page> {
    await this.context?.close();
    return this.switchOn();
  }

  /** SIGKILL to every process of the profile, as when the battery falls out. */
  async kill(): Promise<void> {
    for (const pid of this.pids()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        // A child may have gone with its parent between listing and killing.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    const context = this.context;
    this.context = undefined;
    await context?.close().catch(() => undefined);
    // One that is held up by the disk dies a moment later; until then it holds the databases of the profile.
    while (this.pids().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // Chromium leaves its lock behind when it is killed; the next start takes it over.
    rmSync(join(this.profile, 'SingletonLock'), { force: true });
  }

  async throwAway(): Promise<void> {
    await this.context?.close();
    await this.wire.cut();
    rmSync(this.profile, { recursive: true, force: true });
  }

  private pids(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.profile);
        } catch {
          return false; // It ended while we looked.
        }
      })
      .map(Number);
  }
}
