import { isIpad, type BrowserTraits } from '../../platform/this-browser.ts';

const BROWSERS: readonly [pattern: RegExp, name: string][] = [
  [/MicroMessenger/, '微信'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/MiuiBrowser/, '小米浏览器'],
  [/QQBrowser|MQQBrowser/, 'QQ 浏览器'],
  [/EdgA?\//, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const SYSTEMS: typeof BROWSERS = [
  [/OpenHarmony|HarmonyOS/, '鸿蒙'],
  [/Android/, '安卓'],
  [/iPhone/, 'iPhone'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

const first = (list: typeof BROWSERS, agent: string): string | undefined =>
  list.find(([pattern]) => pattern.test(agent))?.[1];

/** What a person would call this device in a list: "Chrome · 安卓". A guess, for guidance only. */
export const deviceName = (browser: BrowserTraits): string =>
  [first(BROWSERS, browser.agent), isIpad(browser) ? 'iPad' : first(SYSTEMS, browser.agent)]
    .filter((part) => part !== undefined)
    .join(' · ') || '浏览器';
