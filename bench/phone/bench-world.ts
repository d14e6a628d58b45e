import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { Hono } from 'hono';
import { CHROMIUM_FLAGS } from '../../scripts/chromium-flags.ts';
import { findChromium } from '../../scripts/find-chromium.ts';
import { createApp } from '../../src/server/app.ts';
import { listen } from '../../src/server/listen.ts';
import { loadStaticFiles } from '../../src/server/static/static-files.ts';
import { addMember } from '../../tests/support/sample-world.ts';
import { createTestDependencies } from '../../tests/support/test-dependencies.ts';
import type { TestDependencies } from '../../tests/support/test-dependencies.ts';
import { buildPage, PAGE_FOLDER } from './build-page.ts';
import { fillOffice } from './fill-grid.ts';
import { rawRoutes } from './raw-routes.ts';

/** As many tickets as its name says. */
export const GRIDS = { g100: 100, g1000: 1000, g20000: 20_000, g100000: 100_000 } as const;
export type Grid = keyof typeof GRIDS;
export const memberOf = (grid: Grid): string => `bench-${grid}`;

/** The real server over a file, and a browser with a profile on the disk. */
export interface BenchWorld {
  deps: TestDependencies;
  context: BrowserContext;
  /** Whose session the browser sends from now on. */
  signIn(as: Grid): Promise<void>;
  /** A page in which the bench's script has run; `as` is who is signed in, `hash` what the page begins with by itself. */
  open(as: Grid, hash?: string): Promise<Page>;
  close(): Promise<void>;
}

async function openWorld(): Promise<BenchWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-bench-'));
  await buildPage();
  const deps = await createTestDependencies({
    file: join(folder, 'doorstep.sqlite'),
    photoFolder: join(folder, 'photos'),
    now: () => Date.now(),
  });
  await fillOffice(deps, GRIDS);
  const cookies = new Map<string, string>();
  for (const grid of Object.keys(GRIDS) as Grid[]) {
    const { cookie } = await addMember(deps, memberOf(grid), { volunteer: [grid] });
    cookies.set(grid, cookie.slice(cookie.indexOf('=') + 1));
  }
  const app = new Hono().route('/', rawRoutes(folder)).route('/', createApp(deps, await loadStaticFiles(PAGE_FOLDER)));
  const server = await listen(app, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${server.port}`;
  deps.config.publicUrl = url;
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const signIn = (as: Grid): Promise<void> =>
    context.addCookies([{ name: 'doorstep_session', value: cookies.get(as) ?? '', url }]);
  return {
    deps,
    context,
    signIn,
    async open(as, hash = '') {
      await signIn(as);
      const page = await context.newPage();
      await page.goto(`${url}/index.html${hash}`);
      await page.waitForFunction(() => 'bench' in globalThis);
      return page;
    },
    async close() {
      await context.close();
      deps.endStreams();
      await server.cut();
      await deps.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let world: Promise<BenchWorld> | null = null;

/** Made by the first measure that needs it, and shared by the others. */
export const benchWorld = (): Promise<BenchWorld> => (world ??= openWorld());

export async function closeBenchWorld(): Promise<void> {
  await (await world)?.close();
  world = null;
}
