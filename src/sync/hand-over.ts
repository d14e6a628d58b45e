import { derivedId } from '../domain/place/place.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import type { MediaRow, NewMedia, NewOutboxRow, OutboxRow } from './outbox-port.ts';

/** It hands over a mutation that was refused: it is sent to be held for a coordinator, and has no effect before that [RC6]. */
const HANDED_OVER = 'handedOver';

export const isHandedOver = ({ about }: Pick<OutboxRow, 'about'>): boolean => about?.kind === HANDED_OVER;

/** It hands over this one. */
export const handsOver = (row: Pick<OutboxRow, 'about'>, mid: string): boolean =>
  isHandedOver(row) && row.about?.id === mid;

/** What was refused, to be held: the same words of the same time. The mid follows from its own, so that it goes once. */
export const toHandOver = ({ mid, space, name, v, args, at, saveId }: OutboxRow): NewOutboxRow => ({
  ...{ space, name, v, args, at, saveId },
  mid: derivedId(HANDED_OVER, mid),
  about: { kind: HANDED_OVER, id: mid },
});

/** Its photos as they lie here: what hands it over needs them as well. */
export async function bytesToHandOver(
  { outbox }: Pick<EngineDependencies, 'outbox'>,
  media: readonly MediaRow[],
  mids: ReadonlySet<string>,
): Promise<NewMedia[]> {
  const found: NewMedia[] = [];
  for (const { sha, type, at, mids: needed } of media) {
    const named = needed.filter((mid) => mids.has(mid));
    // Words do not wait for a photo that cannot be read.
    const bytes = named.length > 0 ? await outbox.mediaBytes(sha).catch(() => null) : null;
    if (bytes) found.push({ sha, type, at, bytes, mids: named.map((mid) => derivedId(HANDED_OVER, mid)) });
  }
  return found;
}
