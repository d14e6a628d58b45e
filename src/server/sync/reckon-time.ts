export interface Clocks {
  /** The server's clock when the request came. */
  now: number;
  /** The phone's clock when it sent the request. */
  sentAt: number;
  /** The server's clock when this phone last had nothing waiting, or when its member came to be. */
  notBefore: number;
}

/**
 * When a mutation happened by the server's clock: as long ago as the phone says, however wrong the phone's clock is.
 * Held between `notBefore` and now, for a clock that was set in between may claim anything.
 */
export function reckonTime(at: number, { now, sentAt, notBefore }: Clocks): number {
  return Math.min(now, Math.max(Math.min(notBefore, now), now - (sentAt - at)));
}
