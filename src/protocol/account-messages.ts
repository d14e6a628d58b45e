import * as v from 'valibot';
import { rolesSchema } from './sync-messages.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const time = v.pipe(v.number(), v.integer());
/** One line of text: no control character, for the records that it goes into take none. */
const line = v.regex(/^\P{Cc}*$/u);
const displayName = v.pipe(v.string(), line, v.trim(), v.minLength(1), v.maxLength(40));
/** Letters, figures or 汉字; compared without case. */
export const signInNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(2),
  v.maxLength(40),
  v.regex(/^[\p{L}\p{N}._-]+$/u),
);
export const passwordSchema = v.pipe(v.string(), v.minLength(8), v.maxLength(200));

export const sessionMemberSchema = v.object({ id, name: v.string(), roles: rolesSchema });
export type SessionMember = v.InferOutput<typeof sessionMemberSchema>;

/** POST /api/session → 200 SessionMember and the cookie */
export const signInSchema = v.strictObject({
  signInName: v.pipe(v.string(), v.maxLength(100)),
  password: v.pipe(v.string(), v.maxLength(200)),
  /** For the list of devices: "Chrome, Android". */
  device: v.pipe(v.string(), v.maxLength(80)),
});

/** POST /api/session/password → 204; this session stays, every other one of the member ends */
export const passwordChangeSchema = v.strictObject({
  oldPassword: v.pipe(v.string(), v.maxLength(200)),
  newPassword: passwordSchema,
});

/** GET /api/setup */
export const setupStateSchema = v.object({ needed: v.boolean() });
/** POST /api/setup → 201 SessionMember and the cookie; the token is printed on the console */
export const setupSchema = v.strictObject({
  token: v.pipe(v.string(), v.maxLength(100)),
  officeName: v.pipe(v.string(), line, v.trim(), v.minLength(1), v.maxLength(60)),
  officePhone: v.pipe(v.string(), line, v.trim(), v.maxLength(30)),
  displayName,
  signInName: signInNameSchema,
  password: passwordSchema,
  device: v.pipe(v.string(), v.maxLength(80)),
});

/** POST /api/invitations → 201 {id, token, expiresAt}; a coordinator gives roles of the own communities only */
export const invitationCreateSchema = v.strictObject({ displayName, roles: rolesSchema });
export const invitationCreatedSchema = v.object({ id, token: v.string(), expiresAt: time });
/** POST /api/invitations/peek → what stands on the invitation's page */
export const invitationPeekSchema = v.strictObject({ token: v.pipe(v.string(), v.maxLength(100)) });
export const invitationSchema = v.object({ displayName: v.string(), officeName: v.string(), roles: rolesSchema });
/** POST /api/invitations/accept → 201 SessionMember and the cookie */
export const invitationAcceptSchema = v.strictObject({
  token: v.pipe(v.string(), v.maxLength(100)),
  signInName: signInNameSchema,
  password: passwordSchema,
  device: v.pipe(v.string(), v.maxLength(80)),
});

/** GET /api/members → those whom the asker may manage */
export const memberListSchema = v.array(
  v.object({
    id,
    name: v.string(),
    roles: rolesSchema,
    active: v.boolean(),
    /** Not yet accepted invitations stand here too. */
    invited: v.boolean(),
    lastSeenAt: v.nullable(time),
  }),
);
export type MemberListEntry = v.InferOutput<typeof memberListSchema>[number];
/**
 * POST /api/members/{id}/invitation → 201 {id, token, expiresAt}: a link like an invitation's, by which somebody who
 * forgot the password sets a new one; peek and accept are the same.
 * PATCH /api/members/{id} → 200 the entry; a coordinator changes the roles of the own communities only.
 */
export const memberPatchSchema = v.strictObject({
  name: v.optional(displayName),
  roles: v.optional(rolesSchema),
  active: v.optional(v.boolean()),
});

/** GET /api/sessions: the member's own devices */
export const sessionListSchema = v.array(
  v.object({ id, device: v.string(), createdAt: time, lastSeenAt: time, current: v.boolean() }),
);
