import { isIos, isWechat, type BrowserTraits } from '../../platform/this-browser.ts';

/** Safari of an iPhone or iPad, which never offers by itself; others on them cannot install, nor can WeChat's own. */
export const isIosSafari = (browser: BrowserTraits): boolean =>
  isIos(browser) && /Safari\//.test(browser.agent) && !isWechat(browser) && !/CriOS|FxiOS|EdgiOS/.test(browser.agent);
