import { isIos, isWechat, type BrowserTraits } from '../../platform/this-browser.ts';

export type InstallGuide = 'wechat' | 'ios' | 'other';

/** Which guides to show, the fitting one first. The agent's name is for guidance only: all can be read on any phone. */
export function installGuides(browser: BrowserTraits): InstallGuide[] {
  if (isWechat(browser)) return ['wechat'];
  return isIos(browser) ? ['ios', 'other'] : ['other', 'ios'];
}
