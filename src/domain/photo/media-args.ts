import * as v from 'valibot';
import { idField } from '../mutation/fields.ts';
import {
  PHOTO_LIMIT,
  PHOTO_MAX_BYTES,
  PHOTO_TYPES,
  SOUND_LIMIT,
  SOUND_MAX_BYTES,
  SOUND_MAX_SECONDS,
  SOUND_TYPES,
  THUMB_MAX_BYTES,
} from './media.ts';

export const SHA = /^[0-9a-f]{64}$/;
const shaField = v.pipe(v.string(), v.regex(SHA));
const bytes = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const time = v.pipe(v.number(), v.integer(), v.minValue(-8.64e15), v.maxValue(8.64e15));

/** What the phone says of one; by whom follows from who says it. */
const mediaArgs = <S extends v.GenericSchema>(stage: S) =>
  v.variant('kind', [
    v.strictObject({
      kind: v.literal('photo'),
      sha: shaField,
      type: v.picklist(PHOTO_TYPES),
      size: bytes(PHOTO_MAX_BYTES),
      width: pixels,
      height: pixels,
      thumb: v.nullable(v.strictObject({ sha: shaField, type: v.picklist(PHOTO_TYPES), size: bytes(THUMB_MAX_BYTES) })),
      stage,
      takenAt: time,
    }),
    v.strictObject({
      kind: v.literal('sound'),
      sha: shaField,
      type: v.picklist(SOUND_TYPES),
      size: bytes(SOUND_MAX_BYTES),
      // A recorder stops a little late.
      seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(SOUND_MAX_SECONDS + 1)),
      stage,
      takenAt: time,
    }),
  ]);

/** Everything that one press of a button adds, so that the timeline tells it once. */
const someOf = <S extends v.GenericSchema>(media: S) =>
  v.pipe(v.array(media), v.minLength(1), v.maxLength(PHOTO_LIMIT + SOUND_LIMIT));

export const ticketAddMediaArgs = v.strictObject({
  id: idField,
  media: someOf(mediaArgs(v.picklist(['logged', 'before', 'after']))),
});
export const ticketRemoveMediaArgs = v.strictObject({ id: idField, sha: shaField });
export const ticketShowMediaArgs = v.strictObject({ id: idField, sha: shaField, show: v.boolean() });

/** `id` is the claim view's: 办理前 and 办理后. */
export const claimAddMediaArgs = v.strictObject({
  id: idField,
  media: someOf(mediaArgs(v.picklist(['before', 'after']))),
});

export type AddedMedia = v.InferOutput<typeof ticketAddMediaArgs>['media'][number];
