import * as v from 'valibot';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const time = v.pipe(v.number(), v.integer());
const reason = v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(200));

/** POST /api/reveal: one contact, with a reason and a trace. Rate-limited a person and day. */
export const revealSchema = v.strictObject({ gridId: id, contactId: id, ticketId: id, reason });
export const revealedSchema = v.object({
  name: v.string(),
  phone: v.string(),
  note: v.string(),
  /**
   * Corrections of it that met, which the grid has as stars: what stands there now, what did not go in, and the texts that
   * came too late.
   */
  clashes: v.array(
    v.object({
      id,
      field: v.string(),
      byName: v.string(),
      /** Missing where an older server answers. */
      standing: v.optional(v.string(), ''),
      mine: v.string(),
      late: v.array(v.string()),
    }),
  ),
  /** How long the screen may show it. */
  showForMs: v.number(),
});
/** GET /api/reveals?ticket=<id>: who looked, when, why; with &contact=<id> also who looked at it elsewhere */
export const revealListSchema = v.array(v.object({ id, byName: v.string(), at: time, reason: v.string() }));

/** As many held records as are told at once; whoever has decided on them is told of the next. */
export const HELD_SHOWN = 100;

const heldEntry = v.object({
  id,
  space: v.string(),
  communityId: v.nullable(v.string()),
  mutation: v.string(),
  args: v.unknown(),
  /** Its args are of a contact and have stars in them: all of it is read with a reason. */
  isMasked: v.boolean(),
  memberName: v.string(),
  /** Why it is held: noAccess, moved, revoked, fault, asked. */
  reason: v.string(),
  /** The phone that wrote it was ended: sent back, its author cannot read it. */
  isOnlyHere: v.boolean(),
  at: time,
  receivedAt: time,
});
export type HeldEntry = v.InferOutput<typeof heldEntry>;
/** GET /api/held: what waits for a coordinator's decision, of the communities that the asker coordinates, oldest first */
export const heldListSchema = v.array(heldEntry);
/** POST /api/held/{id}/accept → 200 {status: 'applied'} or {status: 'rejected', code, data}: then it stays held */
export const heldAcceptedSchema = v.object({
  status: v.picklist(['applied', 'rejected']),
  code: v.string(),
  data: v.record(v.string(), v.union([v.string(), v.number()])),
});
/** Why something is sent back, or all of it read. POST /api/held/{id}/return → 204 */
export const heldReasonSchema = v.strictObject({ reason });
/** POST /api/held/{id}/reveal {reason}: all of what is held of a contact, to who decides over it; the trace stands under its id */
export const heldRevealedSchema = v.object({ args: v.unknown(), showForMs: v.number() });
/** GET /api/held/returned?behind={id}&at={returnedAt}: what was sent back though its author has it no more, the last first */
export const returnedListSchema = v.array(v.object({ ...heldEntry.entries, returnedAt: time }));
export type ReturnedEntry = v.InferOutput<typeof returnedListSchema>[number];
/** POST /api/held/{id}/reopen → 204: it waits for a decision again */

/**
 * GET /api/devices: the devices of those members whose community the asker coordinates, or who have claimed one of its
 * wishes, and those on which something of it lies though it was taken from the member; for an admin, of all
 */
export const deviceListSchema = v.array(
  v.object({
    id,
    memberName: v.string(),
    /** As the sign-in told: "Chrome, Android"; null where that session is gone. */
    device: v.nullable(v.string()),
    build: v.string(),
    /** How many records waited on it, as it last said, less what it has handed in since. */
    unsent: v.number(),
    /** Photos and voice notes that waited beside them, as it last said; of these, voice notes. */
    unsentMedia: v.number(),
    unsentSounds: v.number(),
    /** What waited on it when its storage was cleared, as it had said before; put aside, it is not told again. */
    left: v.array(
      v.object({
        id,
        unsent: v.number(),
        unsentMedia: v.number(),
        unsentSounds: v.number(),
        lastSeenAt: time,
        /** When it came anew. */
        foundAt: time,
      }),
    ),
    lastSeenAt: time,
    /** When it last had nothing waiting; null where it never had. */
    drainedAt: v.nullable(time),
    /** `ending`: its end waits for its next contact. `ended`: it has heard of it, and hands in what it holds. */
    state: v.picklist(['active', 'signedOut', 'ending', 'ended']),
    /** How many records it has handed in after its end, each held for a coordinator. */
    handedIn: v.number(),
    /** It was reported lost and has not heard of it: that can be taken back. */
    mayUndo: v.boolean(),
    /** The one from which the list is asked. */
    current: v.boolean(),
  }),
);
export type DeviceEntry = v.InferOutput<typeof deviceListSchema>[number];
/** POST /api/devices/{id}/lost → 204; DELETE takes it back as long as the device has not heard of it, else conflict */
/** POST /api/devices/{id of `left`}/aside → 204 */
