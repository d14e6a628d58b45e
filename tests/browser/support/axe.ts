import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Mode {
  name: string;
  elder: boolean;
  theme: 'light' | 'dark';
  options: RunOptions;
}

/** All that axe knows; `target-size` it leaves off by itself. */
const EVERYTHING: RunOptions = { rules: { 'target-size': { enabled: true } } };
/** A mode changes colours and sizes and nothing else of the page, so what depends on neither is asked once. */
const only = (...values: string[]): RunOptions => ({ runOnly: { type: 'rule', values } });
const CONTRAST = ['color-contrast', 'link-in-text-block'];
/** 7:1, which 长辈版 promises, and with it 4.5:1. */
const ELDER_CONTRAST = ['color-contrast-enhanced', 'link-in-text-block'];
const SIZES = ['target-size', 'scrollable-region-focusable'];

const LIGHT: Mode = { name: 'light', elder: false, theme: 'light', options: EVERYTHING };
const DARK: Mode = { name: 'dark', elder: false, theme: 'dark', options: only(...CONTRAST) };
const ELDER_LIGHT: Mode = {
  name: '长辈版 light',
  elder: true,
  theme: 'light',
  options: only(...ELDER_CONTRAST, ...SIZES),
};
const ELDER_DARK: Mode = {
  name: '长辈版 dark',
  elder: true,
  theme: 'dark',
  options: only(...ELDER_CONTRAST, ...SIZES),
};

export const ALL_MODES: readonly Mode[] = [LIGHT, DARK, ELDER_LIGHT, ELDER_DARK];
/** The two that differ most: for the many states of one page. */
export const TWO_MODES: readonly Mode[] = [LIGHT, ELDER_DARK];

/** What axe finds on the page as it stands, and how far it runs over the edge: a line each. `within` narrows it down. */
export async function faultsOf(page: Page, modes: readonly Mode[] = ALL_MODES, within?: string): Promise<string[]> {
  // Once a document, and through the debugger, for the page's own policy forbids foreign scripts.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(
    async ({ worn, part }) => {
      const { axe } = window as unknown as {
        axe: { run(part: string | Document, options: RunOptions): Promise<AxeResults> };
      };
      const html = document.documentElement;
      const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
      // Colours glide from one mode to the next; what is judged is where they come to rest.
      const rest = async (): Promise<void> => {
        await frame();
        await frame();
        for (const animation of document.getAnimations()) {
          const endless = animation.effect?.getComputedTiming().endTime === Infinity;
          if (endless) animation.cancel();
          else animation.finish();
        }
        await frame();
      };
      const judge = async (options: RunOptions): Promise<AxeResults['violations']> => {
        await rest();
        return (await axe.run(part ?? document, { ...options, resultTypes: ['violations'] })).violations;
      };
      const faults: string[] = [];
      for (const { name, elder, theme, options } of worn) {
        html.dataset['mode'] = elder ? 'elder' : 'standard';
        html.dataset['theme'] = theme;
        let violations = await judge(options);
        if (violations.length > 0) {
          // On a busy machine a glide may begin late: what counts still stands a moment later.
          await new Promise((resolve) => setTimeout(resolve, 500));
          violations = await judge(options);
        }
        for (const { id, nodes } of violations) {
          faults.push(`(${name}) ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
        }
        const over = html.scrollWidth - innerWidth;
        if (over > 0) faults.push(`(${name}) ${over} px wider than the screen`);
      }
      return faults;
    },
    { worn: modes, part: within },
  );
}
