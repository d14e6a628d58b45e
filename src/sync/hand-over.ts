import { derivedId } from '../domain/place/place.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import type { NewMedia, NewOutboxRow, OutboxRow } from './outbox-port.ts';

/** It hands over a mutation that was refused: it is sent to be held for a coordinator, and has no effect before that [RC6]. */
const HANDED_OVER = 'handedOver';

export const isHandedOver = ({ about }: Pick<OutboxRow, 'about'>): boolean => about?.kind === HANDED_OVER;

/** It hands over this one. */
export const handsOver = (row: Pick<OutboxRow, 'about'>, mid: string): boolean =>
  isHandedOver(row) && row.about?.id === mid;

/** What was refused, to be held: the same words of the same time. The mid follows from its own, so that it goes once. */
const toHandOver = ({ mid, space, name, v, args, at, saveId }: OutboxRow): NewOutboxRow => ({
  ...{ space, name, v, args, at, saveId },
  mid: derivedId(HANDED_OVER, mid),
  about: { kind: HANDED_OVER, id: mid },
});

/** What hands these over, and what lies here that it needs as well: noted without a read, which may fail and lose a photo. */
export async function handOverOf(
  { outbox }: Pick<EngineDependencies, 'outbox'>,
  refused: readonly OutboxRow[],
): Promise<{ rows: NewOutboxRow[]; media: NewMedia[] }> {
  const mids = new Set(refused.map(({ mid }) => mid));
  const media = (await outbox.media()).flatMap(({ sha, type, isThumb, at, mids: needed }): NewMedia[] => {
    const named = needed.filter((mid) => mids.has(mid)).map((mid) => derivedId(HANDED_OVER, mid));
    return named.length > 0 ? [{ sha, type, isThumb, at, bytes: null, mids: named }] : [];
  });
  return { rows: refused.map(toHandOver), media };
}
