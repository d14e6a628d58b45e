import * as v from 'valibot';

/**
 * The same answer with its lines deflated in pieces, for a phone that asks for it by `accept` and an answer that brings one
 * of many pages: the phone stores the pieces as they come, and inflates one when it shows a row of it. Four bytes say how
 * long the head is (big-endian), then come the head and the pieces. The head is the answer in JSON without its rows, each
 * page with its `parts`.
 *
 * Head and pieces are raw deflate (RFC 1951) that ends with a full flush and without a last block: pieces one behind the
 * other are one stream, and any run of them is read alone when `DEFLATE_END` follows.
 */
export const SYNC_PACKED = 'application/x-doorstep-packed';

/** So many rows a piece has, and the last of a part fewer: some of them are mostly shown together. */
export const PIECE_ROWS = 128;

/** A page of so many rows that is not the last is one of many. */
export const MANY_ROWS = 1000;

export const HEAD_SIZE_BYTES = 4;

/** A last block with nothing in it. */
export const DEFLATE_END: readonly number[] = [3, 0];

/** Rows of a page as lines: the live ones of one kind, or, where `kind` is null, the tombstones. `pieces`: bytes of each. */
export const packedPartsSchema = v.array(
  v.object({
    kind: v.nullable(v.string()),
    count: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    pieces: v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  }),
);

export type PackedParts = v.InferOutput<typeof packedPartsSchema>;
