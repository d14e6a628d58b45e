import type { RecordData } from '../record/record-data.ts';
import type { Kind } from '../record/record.ts';
import type { MediaRef } from './media.ts';

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

/** The bytes of one photo or voice note, and of its thumbnail. */
export const shasOfMedia = (media: MediaRef): string[] =>
  media.kind === 'photo' && media.thumb !== null ? [media.sha, media.thumb.sha] : [media.sha];

/** A result can be shown instead of written. */
export const hasResultPhoto = (record: WithMedia): boolean =>
  mediaOf(record).some(({ kind, stage }) => kind === 'photo' && stage === 'after');
