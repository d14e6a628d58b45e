import type { DeviceEntry } from '../../protocol/desk-messages.ts';

/** One number under which a phone came, and what it last said. */
export interface PhoneNumber {
  id: string;
  follows: string | null;
  pending: number;
  media: number;
  sounds: number;
  firstSeenAt: number;
  lastSeenAt: number;
  leftAsideAt: number | null;
}

/**
 * What waited on a phone when its storage was cleared: it came anew under a number that it did not take itself. Where the
 * old number came on after that, two hold one session, and nothing was cleared.
 */
export function leftBehind(now: PhoneNumber, before: readonly PhoneNumber[]): DeviceEntry['left'] {
  const all = [now, ...before];
  return before.flatMap((one) => {
    const { id, pending, media, sounds, lastSeenAt } = one;
    if (pending + media === 0 || one.leftAsideAt !== null || all.some(({ follows }) => follows === id)) return [];
    const later = all.filter((other) => other !== one && other.firstSeenAt >= lastSeenAt);
    if (later.length === 0) return [];
    const foundAt = Math.min(...later.map(({ firstSeenAt }) => firstSeenAt));
    return [{ id, unsent: pending, unsentMedia: media, unsentSounds: sounds, lastSeenAt, foundAt }];
  });
}
