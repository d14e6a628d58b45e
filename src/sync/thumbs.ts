import type { MediaRow, OutboxRow } from './outbox-port.ts';

/** The thumbnails that a mutation names. */
export function thumbsIn(args: unknown): string[] {
  const { media } = (args ?? {}) as { media?: { thumb?: { sha: string } | null }[] };
  return Array.isArray(media) ? media.flatMap(({ thumb }) => (thumb ? [thumb.sha] : [])) : [];
}

/** What an earlier build stored does not say so itself: the mutations tell, as long as they are here. */
export function thumbsOf(
  media: readonly Pick<MediaRow, 'sha' | 'isThumb' | 'mids'>[],
  rows: readonly Pick<OutboxRow, 'mid' | 'args'>[],
): Set<string> {
  const mids = new Set(media.flatMap((row) => row.mids));
  const named = rows.filter(({ mid }) => mids.has(mid)).flatMap(({ args }) => thumbsIn(args));
  return new Set([...named, ...media.filter(({ isThumb }) => isThumb).map(({ sha }) => sha)]);
}
