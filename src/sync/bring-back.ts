import type { EngineMemory } from './engine-memory.ts';
import type { OutboxMeta } from './outbox-port.ts';
import { thumbsOf } from './thumbs.ts';

/** The browser has emptied the outbox since this page read it. Whoever lets go of rows, or numbers them anew, leaves this. */
export const isMadeAnew = ({ meta }: EngineMemory, { bornAs }: Pick<OutboxMeta, 'bornAs'>): boolean =>
  meta.bornAs !== '' && meta.bornAs !== bornAs;

/**
 * What this page alone still knows goes back into the outbox, but what its author put aside [OB10]; what was delivered as well:
 * the server may be put back to a time before it. False where another page was first with all of it.
 */
export function bringBack(memory: EngineMemory): Promise<boolean> {
  const { meta, deps, media } = memory;
  const kept = memory.rows.filter(({ asideAt }) => asideAt === null);
  const thumbs = thumbsOf(media, memory.rows);
  return deps.outbox.bringBack(deps.ids.mutation(), {
    clientId: meta.clientId,
    lastContactAt: meta.lastContactAt,
    leftOut: meta.leftOut,
    rows: kept.map(
      ({ seq: _seq, asideAt: _aside, asideSince: _since, settledAt: _settled, word: _word, ...row }) => row,
    ),
    media: media.filter(({ sha, asideAt }) => asideAt === null && !thumbs.has(sha)),
  });
}
