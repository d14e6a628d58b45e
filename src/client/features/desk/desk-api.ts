import * as v from 'valibot';
import type { Roles } from '../../../domain/actor/actor.ts';
import { invitationCreatedSchema, memberListSchema } from '../../../protocol/account-messages.ts';
import type { MemberListEntry } from '../../../protocol/account-messages.ts';
import {
  heldAcceptedSchema,
  heldListSchema,
  revealedSchema,
  revealListSchema,
} from '../../../protocol/desk-messages.ts';
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import { api } from '../../transport/api-client.ts';

/** What the desk asks over HTTP, because it must not lie on a device or needs a trace at once. */
export type Revealed = v.InferOutput<typeof revealedSchema>;
export type RevealTrace = v.InferOutput<typeof revealListSchema>[number];
export type HeldAccepted = v.InferOutput<typeof heldAcceptedSchema>;
export type InvitationCreated = v.InferOutput<typeof invitationCreatedSchema>;

export const reveal = async (asked: {
  gridId: string;
  contactId: string;
  ticketId: string;
  reason: string;
}): Promise<Revealed> => v.parse(revealedSchema, await api.post('/api/reveal', asked));

export const listReveals = async (ticketId: string): Promise<RevealTrace[]> =>
  v.parse(revealListSchema, await api.get(`/api/reveals?ticket=${encodeURIComponent(ticketId)}`));

export const listHeld = async (): Promise<HeldEntry[]> => v.parse(heldListSchema, await api.get('/api/held'));

export const acceptHeld = async (id: string): Promise<HeldAccepted> =>
  v.parse(heldAcceptedSchema, await api.post(`/api/held/${encodeURIComponent(id)}/accept`, {}));

export const returnHeld = async (id: string, reason: string): Promise<void> => {
  await api.post(`/api/held/${encodeURIComponent(id)}/return`, { reason });
};

export const listMembers = async (): Promise<MemberListEntry[]> =>
  v.parse(memberListSchema, await api.get('/api/members'));

export const patchMember = async (
  id: string,
  patch: { name?: string; roles?: Roles; active?: boolean },
): Promise<void> => {
  await api.patch(`/api/members/${encodeURIComponent(id)}`, patch);
};

export const invite = async (displayName: string, roles: Roles): Promise<InvitationCreated> =>
  v.parse(invitationCreatedSchema, await api.post('/api/invitations', { displayName, roles }));

/** Takes back an invitation that nobody has used yet. */
export const withdrawInvitation = async (id: string): Promise<void> => {
  await api.delete(`/api/invitations/${encodeURIComponent(id)}`);
};

/** For somebody who forgot the password; an earlier link is void. */
export const newPasswordLink = async (memberId: string): Promise<InvitationCreated> =>
  v.parse(invitationCreatedSchema, await api.post(`/api/members/${encodeURIComponent(memberId)}/invitation`, {}));
