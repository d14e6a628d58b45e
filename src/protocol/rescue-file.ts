import * as v from 'valibot';
import { receiptSchema, timeSchema } from './sync-messages.ts';

/** What a phone hands over of its outbox, to be taken in by another phone of the same member (docs/sync-spec.md, RF1). */
export const RESCUE_FORMAT = 'doorstep-rescue';
/** 2: it names what could not be read, and says what is a thumbnail. */
export const RESCUE_VERSION = 2;

const id = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,64}$/));
const sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

export const rescueRecordSchema = v.strictObject({
  mid: id,
  space: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,80}$/)),
  name: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,60}$/)),
  v: count,
  args: v.unknown(),
  /** The phone's clock when it was written. */
  at: timeSchema,
  /** What was saved with one tap has one of these. */
  saveId: id,
  about: v.nullable(v.strictObject({ kind: v.string(), id: v.string() })),
  /** Where it stood on the phone that wrote the file. */
  state: v.picklist(['saved', 'sending', 'delivered', 'attention']),
  /** The server's word on it, where it was here: why it was refused or held. */
  word: v.nullable(v.pick(receiptSchema, ['status', 'code', 'data'])),
});
export type RescueRecord = v.InferOutput<typeof rescueRecordSchema>;

export const rescueMediaSchema = v.strictObject({
  sha,
  type: v.string(),
  /** The records that name it. */
  mids: v.pipe(v.array(id), v.minLength(1)),
  at: timeSchema,
  /** It belongs to a photo, and is none of its own. */
  thumb: v.optional(v.boolean()),
  base64: v.pipe(v.string(), v.base64()),
});
export type RescueMedia = v.InferOutput<typeof rescueMediaSchema>;

export const rescueBodySchema = v.strictObject({
  exportedAt: timeSchema,
  build: v.string(),
  member: v.strictObject({ id, name: v.string() }),
  /** In order of writing. */
  records: v.array(rescueRecordSchema),
  /** Photos and voice notes that the server does not have whole yet. */
  media: v.array(rescueMediaSchema),
  /** Those that lay there too, and whose bytes could not be read. */
  unread: v.optional(v.array(sha)),
});
export type RescueBody = v.InferOutput<typeof rescueBodySchema>;

/** The whole file. `sum` is over the text of `body`, and tells a file that was cut off or changed. */
export const rescueFileSchema = v.object({
  format: v.literal(RESCUE_FORMAT),
  version: count,
  sum: v.number(),
  body: v.unknown(),
});
