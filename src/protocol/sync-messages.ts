import * as v from 'valibot';
import { PROTOCOL_VERSION } from './version.ts';

/** A batch grows with success up to these, and halves on 413. */
export const MAX_MUTATIONS = 500;
export const MAX_REQUEST_BYTES = 1024 * 1024;
export const BATCH_BYTES = 256 * 1024;
export const QUICK_BATCH_BYTES = 512 * 1024;
export const PAGE_SIZE = 500;

/** Printable ASCII: a database that changed an id on its way would make a fork of every retry. */
const ID = /^[\x21-\x7e]+$/;
const id = v.pipe(v.string(), v.maxLength(64), v.regex(ID));
const spaceId = v.pipe(v.string(), v.maxLength(80), v.regex(ID));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
/** Milliseconds that a calendar has a day for. */
export const timeSchema = v.pipe(v.number(), v.integer(), v.minValue(-8.64e15), v.maxValue(8.64e15));

/** A place in a space's order: pages go on behind (ver, id). */
export const cursorSchema = v.strictObject({ ver: count, id: v.pipe(v.string(), v.maxLength(130)) });
export type Cursor = v.InferOutput<typeof cursorSchema>;

export const pushedMutationSchema = v.strictObject({
  seq: v.pipe(count, v.minValue(1)),
  mid: id,
  name: v.pipe(v.string(), v.maxLength(60), v.regex(ID)),
  v: v.pipe(count, v.minValue(1)),
  args: v.unknown(),
  /** The phone's clock when it was written. */
  at: timeSchema,
  /** It was sent alone again and again, and in vain: store it for a coordinator without running it. */
  quarantine: v.optional(v.boolean()),
});
export type PushedMutation = v.InferOutput<typeof pushedMutationSchema>;

export const syncRequestSchema = v.object({
  /** What the phone speaks; older ones are answered for as long as their queues may come. */
  protocol: v.picklist([1, PROTOCOL_VERSION]),
  /** The member for whom the phone works; if the session says another, nothing happens on either side. */
  member: id,
  /** One install: (browser profile, member). */
  client: id,
  /** Its former number, where it took this one itself: what waited under that one waits under this. [FK2] */
  follows: v.optional(id),
  /** As of the last answer; null on first contact. */
  epoch: v.nullable(id),
  build: v.pipe(v.string(), v.maxLength(40)),
  /** How many mutations wait on the phone, for the coordinator's list of devices. */
  pending: count,
  /** How many photos and voice notes wait beside them, and how many of these are voice notes; left out where none does. */
  media: v.optional(v.strictObject({ waiting: count, sounds: count })),
  /** The phone's clock now, and at the server's last answer (null before the first). */
  sentAt: timeSchema,
  lastContactAt: v.nullable(timeSchema),
  push: v.pipe(
    v.array(
      v.strictObject({ space: spaceId, mutations: v.pipe(v.array(pushedMutationSchema), v.maxLength(MAX_MUTATIONS)) }),
    ),
    v.maxLength(200),
  ),
  pull: v.pipe(
    v.array(
      v.strictObject({
        space: spaceId,
        /** Null: from the beginning. Where no rows are wanted, that of the last answer, which says of which run it was. [RS6] */
        cursor: v.nullable(cursorSchema),
        /** Pinned by the first page; null on the first. */
        upTo: v.nullable(count),
        /** Receipts with a greater `ver` are wanted. */
        receiptsAfter: count,
        /** False where the device only waits for receipts: lastSeq and own receipts are answered, no rows. */
        rows: v.boolean(),
      }),
    ),
    v.maxLength(500),
  ),
  /** `pull` names every space of which something lies on the phone, not only what a pass has left; older ones never say so. */
  whole: v.optional(v.boolean()),
});
export type SyncRequest = v.InferOutput<typeof syncRequestSchema>;

export const receiptSchema = v.object({
  seq: count,
  mid: id,
  /** Applied; rejected with a reason that the person sees; quarantined: held for a coordinator. */
  status: v.picklist(['applied', 'rejected', 'quarantined']),
  /** A refusal code of the domain where rejected, the reason for holding where quarantined; else empty. */
  code: v.string(),
  data: v.record(v.string(), v.union([v.string(), v.number()])),
  ver: count,
});
export type Receipt = v.InferOutput<typeof receiptSchema>;

export const pushResultSchema = v.object({
  space: spaceId,
  lastSeq: count,
  receipts: v.array(receiptSchema),
  /**
   * Why the batch ended early. `gap`: send again from lastSeq + 1. `fork`: another phone has this client's
   * number; take a new client id and renumber. `retry`: try again after `retryAfterMs`.
   */
  stop: v.nullable(
    v.object({ seq: count, reason: v.picklist(['gap', 'fork', 'retry']), retryAfterMs: v.nullable(count) }),
  ),
});
export type PushResult = v.InferOutput<typeof pushResultSchema>;

/** A live record has `d`, a tombstone has none. */
export const rowSchema = v.object({ k: v.string(), id: v.string(), ver: count, d: v.optional(v.unknown()) });
export type Row = v.InferOutput<typeof rowSchema>;

export const pageSchema = v.object({
  space: spaceId,
  /** The cursor that was asked from: the client applies the page only if its own is still there. */
  from: v.nullable(cursorSchema),
  rows: v.array(rowSchema),
  cursor: cursorSchema,
  upTo: count,
  done: v.boolean(),
  /** With the last page only. */
  lastSeq: v.nullable(count),
  receipts: v.array(receiptSchema),
  /** Hex text of the digest over live rows at upTo; null where the space has moved on, or the phone speaks protocol 1. */
  digest: v.nullable(v.string()),
});
export type Page = v.InferOutput<typeof pageSchema>;

export const allowedSpaceSchema = v.object({
  id: spaceId,
  /** The community of a grid; null for other spaces. */
  community: v.nullable(id),
  ver: count,
});
export type AllowedSpace = v.InferOutput<typeof allowedSpaceSchema>;

export const rolesSchema = v.strictObject({
  volunteer: v.array(id),
  claimer: v.boolean(),
  unit: v.nullable(v.string()),
  coordinator: v.array(id),
  admin: v.boolean(),
});

export const syncResponseSchema = v.object({
  epoch: id,
  serverTime: timeSchema,
  /** The session's member; where it is not the request's, everything else is empty. */
  member: v.object({ id, name: v.string(), roles: rolesSchema }),
  /** The session was revoked: what was pushed is held, nothing is readable, the cache goes at once. */
  revoked: v.boolean(),
  /** What this member may hold. Authoritative: a device erases the rest. */
  allowed: v.array(allowedSpaceSchema),
  pushed: v.array(pushResultSchema),
  pages: v.array(pageSchema),
  /** Spaces whose cache has to begin anew. The outbox is never touched by it. */
  resets: v.array(v.object({ space: spaceId, reason: v.picklist(['epoch', 'future', 'gc']) })),
});
export type SyncResponse = v.InferOutput<typeof syncResponseSchema>;

/** One server-sent event of /api/poke: no data, only that a space has moved. */
export interface Poke {
  space: string;
  ver: number;
}
