import type { RecordData } from '../record/record-data.ts';
import type { Kind } from '../record/record.ts';
import type { MediaRef } from './media.ts';
import { handsOf } from './media-hands.ts';

/** What can carry photos and sound. Records from before there were any lack the field. */
export interface WithMedia {
  media?: readonly MediaRef[];
}

/** The one way to read them. */
export const mediaOf = ({ media }: WithMedia): readonly MediaRef[] => media ?? [];

/** Every hash whose bytes this record needs, thumbnails among them. */
export function shasOf(kind: Kind, data: RecordData[Kind] | undefined): Set<string> {
  if (data === undefined || (kind !== 'ticket' && kind !== 'claimView')) return new Set();
  return new Set(mediaOf(data as WithMedia).flatMap(shasOfMedia));
}

/** The bytes of one photo or voice note, and of every thumbnail that was made of it. */
export const shasOfMedia = (media: MediaRef): string[] => [
  ...new Set([media.sha, ...handsOf(media).flatMap(({ thumb }) => (thumb ? [thumb.sha] : []))]),
];

/** A result can be shown instead of written. */
export const hasResultPhoto = (record: WithMedia): boolean =>
  mediaOf(record).some((one) => one.kind === 'photo' && handsOf(one).some(({ stage }) => stage === 'after'));
