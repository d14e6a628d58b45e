/** What a browser says of itself, as far as installing goes. */
export interface BrowserTraits {
  agent: string;
  touchPoints: number;
}

/** Safari of an iPhone or iPad, which never offers by itself; others on them cannot install, nor can WeChat's own. */
export function isIosSafari({ agent, touchPoints }: BrowserTraits): boolean {
  // An iPad calls itself a Macintosh; no Macintosh is touched.
  const isIos = /iPhone|iPad/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);
  return isIos && /Safari\//.test(agent) && !/MicroMessenger|CriOS|FxiOS|EdgiOS/.test(agent);
}
