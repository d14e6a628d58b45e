/** What happened, as one number: two runs of a seed must give the same. */
export interface Trace {
  note(what: string): void;
  readonly hash: string;
  /** The last lines, for whoever looks into a failure. */
  tail(): readonly string[];
}

const TAIL = 400;

export function createTrace(now: () => number): Trace {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  const lines: string[] = [];
  return {
    note(what) {
      const line = `${now()} ${what}`;
      for (let i = 0; i < line.length; i++) {
        const unit = line.charCodeAt(i);
        h1 = Math.imul(h1 ^ unit, 2654435761);
        h2 = Math.imul(h2 ^ unit, 1597334677) ^ (h1 >>> 15);
      }
      lines.push(line.length > 300 ? `${line.slice(0, 300)}…` : line);
      if (lines.length > TAIL * 2) lines.splice(0, TAIL);
    },
    get hash() {
      return (h1 >>> 0).toString(16).padStart(8, '0') + (h2 >>> 0).toString(16).padStart(8, '0');
    },
    tail: () => lines.slice(-TAIL),
  };
}
