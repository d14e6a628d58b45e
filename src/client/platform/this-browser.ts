/** What a browser says of itself: for guidance only, for it may say anything. */
export interface BrowserTraits {
  agent: string;
  touchPoints: number;
}

export const thisBrowser = (): BrowserTraits => ({
  agent: navigator.userAgent,
  touchPoints: navigator.maxTouchPoints,
});

/** An iPad calls itself a Macintosh; no Macintosh is touched. */
export const isIpad = ({ agent, touchPoints }: BrowserTraits): boolean =>
  /iPad/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);

export const isIos = (browser: BrowserTraits): boolean => /iPhone/.test(browser.agent) || isIpad(browser);

export const isWechat = ({ agent }: BrowserTraits): boolean => /MicroMessenger/.test(agent);

/** Opened from its own icon; its storage is not cleared by itself then. */
export const isInstalled = (): boolean => window.matchMedia('(display-mode: standalone)').matches;
