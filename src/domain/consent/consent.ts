import * as v from 'valibot';

/** Version of the notice that is read out or shown; the text itself is in i18n. */
export const CONSENT_VERSION = '2026-11';

/** At most 8 KiB of strokes: each a flat list x0,y0,x1,y1… in a 0–1000 box. */
export const SIGNATURE_MAX_BYTES = 8192;

const strokes = v.pipe(
  v.array(v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))), v.maxLength(2000))),
  v.maxLength(60),
  v.check((value) => JSON.stringify(value).length <= SIGNATURE_MAX_BYTES, 'signature too large'),
);

/** What the resident agreed to at the door, how, and under which version of the notice. */
export const consentSchema = v.strictObject({
  version: v.pipe(v.string(), v.maxLength(20)),
  /** Spoken before the volunteer, or signed on the glass. */
  how: v.picklist(['spoken', 'signed']),
  /** To record the matter at all. */
  record: v.literal(true),
  /** To show the need, without the person, on the wish wall. */
  publish: v.boolean(),
  /** The separate consent that sensitive items need (PIPL art. 29); null where none is needed. */
  sensitive: v.nullable(v.boolean()),
  signature: v.nullable(strokes),
});

export type Consent = v.InferOutput<typeof consentSchema>;
