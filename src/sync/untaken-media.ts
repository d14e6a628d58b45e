import type { EngineMemory } from './engine-memory.ts';
import { isTried } from './media-list.ts';
import type { MediaRow } from './outbox-port.ts';
import type { PhotoTransport, TransportFault } from './transport-port.ts';

const TIMEOUT_MS = 60_000;

/**
 * What the server does not take of a revoked session: nothing that is held, and no record, needs it. It would lie on a
 * lost phone for ever [RV1].
 */
export class UntakenMedia {
  private readonly memory: EngineMemory;
  private readonly said = new Set<string>();
  private readonly sure = new Set<string>();

  constructor(memory: EngineMemory) {
    this.memory = memory;
  }

  mayBe(fault: TransportFault): boolean {
    return this.memory.revoked && (fault === 'unauthenticated' || fault === 'not_doorstep');
  }

  /** An answer to HEAD has no words, and a portal says the same: an empty piece is answered with words. */
  async ask(transport: PhotoTransport, { sha, type, size }: MediaRow): Promise<void> {
    const nothing = { sha, type, length: size, offset: 0, bytes: new ArrayBuffer(0) };
    const answer = await transport.patch(nothing, TIMEOUT_MS);
    if (answer.type === 'fault' && answer.fault === 'unauthenticated') this.said.add(sha);
  }

  /** A pass was answered: where it was as one revoked, it was so in between, and was not said to somebody else [PH15]. */
  passed(): void {
    if (this.memory.revoked) for (const sha of this.said) this.sure.add(sha);
    else this.sure.clear();
    this.said.clear();
  }

  /** Together with what was refused and is not tried any more, unless an unsent mutation names it. */
  async drop(): Promise<void> {
    const { revoked, media, rows, deps } = this.memory;
    if (!revoked) return;
    const named = new Set(rows.map(({ mid }) => mid));
    const gone = media.filter((row) => !isTried(row) || this.sure.has(row.sha));
    for (const { sha, mids } of gone) if (!mids.some((mid) => named.has(mid))) await deps.outbox.removeMedia(sha, mids);
    this.sure.clear();
    if (gone.length > 0) await this.memory.readMedia();
  }
}
