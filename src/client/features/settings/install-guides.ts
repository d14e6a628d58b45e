export type InstallGuide = 'wechat' | 'ios' | 'other';

/** Which guides to show, the fitting one first. The agent's name is for guidance only: all can be read on any phone. */
export function installGuides(agent: string): InstallGuide[] {
  if (/MicroMessenger/.test(agent)) return ['wechat'];
  return /iPhone|iPad/.test(agent) ? ['ios', 'other'] : ['other', 'ios'];
}
