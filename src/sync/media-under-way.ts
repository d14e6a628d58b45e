/** What this tab knows of the bytes that it brings. */
export interface MediaUnderWay {
  /** Bytes of them that the server has, by hash, as it last said. */
  readonly sent: Map<string, number>;
  /** The one that is on its way. */
  inFlight: string | null;
  /** How often in a row the store failed over the bytes of a photo that it has, by hash. */
  readonly unread: Map<string, number>;
  /** How often it came into doubt here whether the server still has what it had: an answer from before proves nothing. */
  doubts: number;
}

export const newMediaUnderWay = (): MediaUnderWay => ({
  sent: new Map(),
  inFlight: null,
  unread: new Map(),
  doubts: 0,
});
